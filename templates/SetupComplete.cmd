@echo off
rem avma: registers the first-boot check, which Setup could not do earlier. Created because there was no SetupComplete.cmd.
"%SystemRoot%\System32\schtasks.exe" /Create /TN avma-first-boot /XML "%ProgramFiles%\avma\avma-first-boot.xml" /F
"%SystemRoot%\System32\schtasks.exe" /Run /TN avma-first-boot
exit /b 0
