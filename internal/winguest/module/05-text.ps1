# SPDX-License-Identifier: MPL-2.0
# Messages in the guest's language. Product scripts must never match them.

$script:Texts = @{
    en = @{
        NoPath      = "Cannot find path '{0}' because it does not exist."
        NoProperty  = "Property {1} does not exist at path {0}."
        Denied      = 'Access is denied.'
        NotFound    = 'Not found'
        BadClass    = 'Invalid class'
        NoService   = "Cannot find any service with service name '{0}'."
        NoTask      = "No MSFT_ScheduledTask objects found with property 'TaskName' equal to '{0}'."
        NoEvents    = 'No events were found that match the specified selection criteria.'
        DiskFull    = 'There is not enough space on the disk.'
        Licensing   = 'The Software Licensing Service reported an error.'
        DismDone    = 'The operation completed successfully.'
        DismEdition = 'Current Edition : {0}'
        DismTargets = 'Editions that can be upgraded to:'
        DismTarget  = 'Target Edition : {0}'
        DismError   = 'Error: {0}'
    }
    de = @{
        NoPath      = "Der Pfad '{0}' kann nicht gefunden werden, da er nicht vorhanden ist."
        NoProperty  = "Die Eigenschaft {1} ist im Pfad {0} nicht vorhanden."
        Denied      = 'Zugriff verweigert'
        NotFound    = 'Nicht gefunden'
        BadClass    = 'Ungültige Klasse'
        NoService   = "Es wurde kein Dienst mit dem Dienstnamen '{0}' gefunden."
        NoTask      = "Keine MSFT_ScheduledTask-Objekte gefunden, bei denen die Eigenschaft 'TaskName' gleich '{0}' ist."
        NoEvents    = 'Es wurden keine Ereignisse gefunden, die den angegebenen Auswahlkriterien entsprechen.'
        DiskFull    = 'Es steht nicht genug Speicherplatz auf dem Datenträger zur Verfügung.'
        Licensing   = 'Der Softwarelizenzierungsdienst hat einen Fehler gemeldet.'
        DismDone    = 'Der Vorgang wurde erfolgreich beendet.'
        DismEdition = 'Aktuelle Edition : {0}'
        DismTargets = 'Editionen, auf die ein Upgrade möglich ist:'
        DismTarget  = 'Zieledition : {0}'
        DismError   = 'Fehler: {0}'
    }
    ko = @{
        NoPath      = "'{0}' 경로는 존재하지 않으므로 찾을 수 없습니다."
        NoProperty  = "{0} 경로에 {1} 속성이 없습니다."
        Denied      = '액세스가 거부되었습니다.'
        NotFound    = '찾을 수 없음'
        BadClass    = '클래스가 잘못되었습니다.'
        NoService   = "서비스 이름이 '{0}'인 서비스를 찾을 수 없습니다."
        NoTask      = "'TaskName' 속성이 '{0}'인 MSFT_ScheduledTask 개체를 찾을 수 없습니다."
        NoEvents    = '지정한 선택 조건과 일치하는 이벤트가 없습니다.'
        DiskFull    = '디스크 공간이 부족합니다.'
        Licensing   = '소프트웨어 라이선싱 서비스에서 오류를 보고했습니다.'
        DismDone    = '작업을 완료했습니다.'
        DismEdition = '현재 버전 : {0}'
        DismTargets = '업그레이드할 수 있는 버전:'
        DismTarget  = '대상 버전 : {0}'
        DismError   = '오류: {0}'
    }
}

function Get-Text([string] $id) {
    $language = ([string] $env:WINGUEST_LANGUAGE).Split('-')[0]
    if (-not $script:Texts.ContainsKey($language)) { $language = 'en' }
    $text = $script:Texts[$language][$id]
    if ($args.Count) { return $text -f $args }
    $text
}
