# SPDX-License-Identifier: MPL-2.0
# The part of WQL's WHERE that a filter needs: comparisons, LIKE, IS [NOT] NULL, AND, OR, NOT, parentheses.

function Split-Wql([string] $text) {
    $tokens = New-Object System.Collections.ArrayList
    foreach ($m in [regex]::Matches($text, "\s*(?:('(?:\\.|[^'\\])*'|""(?:\\.|[^""\\])*"")|(<=|>=|<>|!=|=|<|>|\(|\))|([A-Za-z_][\w.]*)|(-?\d+))")) {
        $null = $tokens.Add($m.Value.Trim())
    }
    , $tokens
}

function Test-Wql([string] $filter, $item) {
    if (-not $filter) { return $true }
    $q = @{ t = (Split-Wql $filter); i = 0 }
    Test-WqlOr $q $item
}

function Test-WqlOr($q, $item) {
    $r = Test-WqlAnd $q $item
    while ($q.i -lt $q.t.Count -and $q.t[$q.i] -eq 'OR') { $q.i++; $x = Test-WqlAnd $q $item; $r = $r -or $x }
    $r
}

function Test-WqlAnd($q, $item) {
    $r = Test-WqlTerm $q $item
    while ($q.i -lt $q.t.Count -and $q.t[$q.i] -eq 'AND') { $q.i++; $x = Test-WqlTerm $q $item; $r = $r -and $x }
    $r
}

function Test-WqlTerm($q, $item) {
    $t = $q.t[$q.i]; $q.i++
    if ($t -eq '(') { $r = Test-WqlOr $q $item; $q.i++; return $r }
    if ($t -eq 'NOT') { return -not (Test-WqlTerm $q $item) }
    if (-not $item.Contains($t)) { throw (New-WmiException 0x80041017L) }
    $value = $item[$t]
    $op = $q.t[$q.i]; $q.i++
    if ($op -eq 'IS') {
        if ($q.t[$q.i] -eq 'NOT') { $q.i += 2; return $null -ne $value }
        $q.i++; return $null -eq $value
    }
    $raw = $q.t[$q.i]; $q.i++
    if ($null -eq $value) { return $false }
    $want = if ($raw -match '^[''"](.*)[''"]$') { $Matches[1] -replace '\\(.)', '$1' } elseif ($raw -match '^(TRUE|FALSE)$') { $raw -eq 'TRUE' } else { [long] $raw }
    if ($want -is [string]) { $value = [string] $value }
    switch ($op) {
        '=' { return $value -eq $want }
        '<>' { return $value -ne $want }
        '!=' { return $value -ne $want }
        '<' { return $value -lt $want }
        '>' { return $value -gt $want }
        '<=' { return $value -le $want }
        '>=' { return $value -ge $want }
        'LIKE' { return $value -like ($want -replace '%', '*' -replace '_', '?') }
    }
    throw (New-WmiException 0x80041017L)
}
