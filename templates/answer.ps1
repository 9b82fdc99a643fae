# SPDX-License-Identifier: MPL-2.0
# Answer: arguments in, one framed document out. The caller sets $AvmaToken, $AvmaIn (JSON in base64) and $AvmaOut
# ('' for standard output, else a file) ahead of everything.
$AvmaArgs = $null
if ($AvmaIn) { $AvmaArgs = ConvertFrom-Json ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($AvmaIn))) }

# Short records, so that nothing wraps them, each recognisable by itself among whatever else is printed.
function Write-AvmaAnswer($Document) {
    # Last, so that nothing is missing, and as a plain array: Windows PowerShell gives some lists a form of their own in JSON.
    $Document['errors'] = @($Avma.Errors)
    $bytes = [Text.Encoding]::UTF8.GetBytes((ConvertTo-Json -InputObject $Document -Depth 8 -Compress))
    # This implementation is allowed where Windows is held to FIPS 140.
    $hash = [BitConverter]::ToString((New-Object Security.Cryptography.SHA256CryptoServiceProvider).ComputeHash($bytes)).Replace('-', '')
    $text = [Convert]::ToBase64String($bytes)
    $count = [int][Math]::Ceiling($text.Length / 52.0)
    $lines = @("#AVMA1,$AvmaToken,B,$count,$($bytes.Length),$($hash.Substring(0, 32))#")
    for ($i = 0; $i -lt $count; $i++) {
        $lines += "#AVMA1,$AvmaToken,$i,$($text.Substring($i * 52, [Math]::Min(52, $text.Length - $i * 52)))#"
    }
    $lines += "#AVMA1,$AvmaToken,E,$count#"
    if ($AvmaOut) {
        Set-Content -LiteralPath "$AvmaOut.tmp" -Value $lines -Encoding ASCII
        Move-Item -LiteralPath "$AvmaOut.tmp" -Destination $AvmaOut -Force
    } else { $lines }
}

# Whatever goes wrong, there is an answer.
trap {
    Add-AvmaError 'script' $_
    Write-AvmaAnswer @{ schema = 1 }
    exit 1
}

function New-AvmaAction([string]$Name) {
    [ordered]@{ name = $Name; done = $false; hresult = [long]0; error_id = ''; message = ''; skipped = ''; throttled = 0; targets = @() }
}

function Deny-AvmaAction($Action) {
    $Action.hresult = 2147942405
    $Action.error_id = 'not_elevated'
    $Action.skipped = 'not_elevated'
}
