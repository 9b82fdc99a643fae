// SPDX-License-Identifier: MPL-2.0

package unattend

import "testing"

func TestDomainJoin(t *testing.T) {
	const name = "corp.example.com"
	for _, c := range []struct {
		name, want string
		d          Domain
	}{
		{"a join", "", Domain{Name: name, Username: `CORP\joiner`, Password: "P", OU: "OU=a, DC=corp"}},
		{"a join by the name of the user alone", "", Domain{Name: name, Username: "joiner", Password: "P"}},
		{"a user principal name", "", Domain{Name: name, Username: "joiner@other.example", Password: "P"}},
		{"not known", "", Domain{Name: Unknown, Username: Unknown, Password: Unknown, OU: Unknown}},
		{"no DNS name", "domain.name \"corp_\\x00\" is not a DNS name", Domain{Name: "corp_\x00", Username: "j", Password: "P"}},
		{"no domain before the name", "is not an account", Domain{Name: name, Username: `\j`, Password: "P"}},
		{"no name behind the domain", "is not an account", Domain{Name: name, Username: `CORP\`, Password: "P"}},
		{"no name before the domain", "is not an account", Domain{Name: name, Username: "@corp", Password: "P"}},
		{"two domains", "is not an account", Domain{Name: name, Username: `A\B\j`, Password: "P"}},
		{"a domain on both sides", "is not an account", Domain{Name: name, Username: `A\j@corp`, Password: "P"}},
		{"a control character in the account", "domain.username it has", Domain{Name: name, Username: "j\a", Password: "P"}},
		{"a control character in the password", "domain.password it has", Domain{Name: name, Username: "j", Password: "P\a"}},
		{"a control character in the unit", "domain.ou it has", Domain{Name: name, Username: "j", Password: "P", OU: "OU=a\a,DC=b"}},
		{"a workgroup", "", Domain{Workgroup: "BUILD"}},
		{"a workgroup that is not known", "", Domain{Workgroup: Unknown + "1234567"}},
		{"a blank workgroup", "not the name of a workgroup", Domain{Workgroup: " "}},
		{"a bad workgroup", "not the name of a workgroup", Domain{Workgroup: "A*B"}},
		{"a control character in the workgroup", "domain.workgroup it has", Domain{Workgroup: "A\aB"}},
		{"a workgroup with an account", "domain.username a workgroup needs none", Domain{Workgroup: "A", Username: "j"}},
		{"a workgroup with a password", "domain.password a workgroup needs none", Domain{Workgroup: "A", Password: "j"}},
		{"a workgroup with a unit", "domain.ou a workgroup needs none", Domain{Workgroup: "A", OU: "j"}},
		{"an offline join", "", Domain{AccountData: " QUJD\n"}},
		{"an offline join that is not known", "", Domain{AccountData: Unknown}},
		{"an offline join that is none", "domain.account_data it is not Base64", Domain{AccountData: "ä"}},
		{"an offline join with a name", "domain.name it stands beside account_data", Domain{AccountData: "QUJD", Name: name}},
		{"an offline join with a workgroup", "domain.workgroup it stands beside", Domain{AccountData: "QUJD", Workgroup: "A"}},
		{"nothing", "neither name nor workgroup", Domain{}},
	} {
		cfg := server()
		cfg.Domain = &c.d
		wantSaid(t, c.name, cfg, "domain", c.want)
	}
	for name, sensitive := range map[string]bool{"QUJD": true, "": false} {
		cfg := server()
		cfg.Domain = &Domain{AccountData: name}
		if name == "" {
			cfg.Domain.Workgroup = "A"
		}
		r, err := Generate(cfg, Install, Options{})
		if err != nil || r.Sensitive != sensitive {
			t.Errorf("account data %q: sensitive %v, %v; want %v", name, r.Sensitive, err, sensitive)
		}
	}
}

// Windows takes the password of a domain in no form but plain text, which is said wherever one is given.
func TestDomainPasswordIsPlain(t *testing.T) {
	cfg := server()
	cfg.Domain = &Domain{Name: "corp.example.com", Username: "j", Password: "P"}
	wantProblem(t, Check(cfg, Options{}), Info, "domain.password", "as plain text")
}

func TestDomainInTheFile(t *testing.T) {
	const id = "Identification/"
	for username, want := range map[string][2]string{`CORP\j`: {"CORP", "j"}, "j@other.example": {"other.example", "j"}, "a@b@c": {"c", "a@b"}, "j": {"corp.example.com", "j"}, `\j`: {"", "j"}, "@c": {"c", ""}} {
		if d, u := joinAccount(Domain{Name: "corp.example.com", Username: username}); [2]string{d, u} != want {
			t.Errorf("%s is %s of %s, want %v", username, u, d, want)
		}
	}
	cfg := server()
	cfg.Domain = &Domain{Workgroup: "BUILD"}
	d := must(t, cfg, Install)
	d.want("specialize", "UnattendedJoin", id+"JoinWorkgroup", "BUILD")
	d.want("specialize", "UnattendedJoin", id+"JoinDomain", "(none)")
	cfg.Domain = &Domain{AccountData: "QUJD"}
	d = must(t, cfg, Install)
	d.want("specialize", "UnattendedJoin", id+"Provisioning/AccountData", "QUJD")
	d.want("specialize", "UnattendedJoin", id+"JoinWorkgroup", "(none)")
}

func TestDriverPaths(t *testing.T) {
	for path, want := range map[string]string{
		`E:\a`: "", `e:\`: "", `\\server\share`: "", `\\server\share\x`: "", `%configsetroot%\x`: "", `E:\a.inf.d`: "", `E:\ü`: "", Unknown: "",
		`\\server`: "not an absolute path", `E:a`: "not an absolute path", `C`: "not an absolute path", "": "it is empty", " ": "it is empty", `E:\a/b`: "has a slash",
		`E:\a*`: "a character that no path has", `E:\a:b`: "a character that no path has", `E:\a\B.INF`: "is a file", "E:\\a\a": "U+0007",
	} {
		cfg := server()
		cfg.DriverPaths = []string{path}
		wantSaid(t, path, cfg, "driver_paths[0]", want)
	}
	cfg := server()
	cfg.DriverPaths = []string{`E:\a`, `e:\A`, Unknown, Unknown, `E:\b`}
	wantSaid(t, "twice", cfg, "driver_paths", `driver_paths[1] "e:\\A" stands twice. Each folder is searched once.`)
	if got := len(Check(cfg, Options{}).Only(Error)); got != 1 {
		t.Errorf("%d errors, want 1", got)
	}
}
