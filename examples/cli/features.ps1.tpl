# Installs what a web server needs.
%{ for feature in features ~}
Install-WindowsFeature -Name ${feature} -IncludeManagementTools
%{ endfor ~}
