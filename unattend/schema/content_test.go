// SPDX-License-Identifier: MPL-2.0

package schema_test

import (
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/golden-image/packer-plugin-avma/unattend/schema"
)

func TestCheckContent(t *testing.T) {
	const shell = "Microsoft-Windows-Shell-Setup"
	const command = `<RunSynchronous><RunSynchronousCommand wcm:action="add"><Order>%s</Order><Path>%s</Path></RunSynchronousCommand></RunSynchronous>`
	for _, tc := range []struct {
		name, pass, component, content string
		want                           []string // kind line path
	}{
		{"right", "specialize", shell, "<TimeZone>UTC</TimeZone>", nil},
		{"E3 component in another case", "specialize", strings.ToLower(shell), "<timezone>UTC</timezone>", nil},
		{"E2 pass in another case", "oobesystem", shell, "<TimeZone>UTC</TimeZone>", []string{"unknown_pass 0 "}},
		{"unknown component", "specialize", "Microsoft-Windows-Shel-Setup", "<A>1</A>", []string{"unknown_component 0 "}},
		{"component in a wrong pass, said once", "specialize", "Microsoft-Windows-Setup", "<UserData><AcceptEula>true</AcceptEula></UserData>",
			[]string{"wrong_pass 0 "}},
		{"K2 key in a wrong pass", "oobeSystem", shell, "\n<ProductKey>A</ProductKey>", []string{"wrong_pass 2 ProductKey"}},
		{"1.8 computer name in a wrong pass", "oobeSystem", shell, "<ComputerName>A</ComputerName>", []string{"wrong_pass 1 ComputerName"}},
		{"wrong pass of a group, said once", "specialize", shell, "<OOBE><HideEULAPage>true</HideEULAPage></OOBE>", []string{"wrong_pass 1 OOBE"}},
		{"unknown setting", "oobeSystem", shell, "<OOBE>\n<HideEulaPag>true</HideEulaPag>\n</OOBE>", []string{"unknown_setting 2 OOBE/HideEulaPag"}},
		{"below an unknown setting nothing is said", "oobeSystem", shell, "<Oops><A/><B/></Oops>", []string{"unknown_setting 1 Oops"}},
		{"elements in a value", "specialize", shell, "<TimeZone><A>1</A></TimeZone>", []string{"unknown_setting 1 TimeZone/A"}},
		{"1.8 name of 16 bytes", "specialize", shell, "<ComputerName>ABCDEFGHIJKLMNOP</ComputerName>", []string{"too_long 1 ComputerName"}},
		{"1.8 bytes, not letters", "specialize", shell, "<ComputerName>ÄÖÜÄÖÜÄÖ</ComputerName>", []string{"too_long 1 ComputerName"}},
		{"1.6 path of 260", "specialize", "Microsoft-Windows-Deployment", fmt.Sprintf(command, "1", strings.Repeat("x", 260)),
			[]string{"too_long 1 RunSynchronous/RunSynchronousCommand/Path"}},
		{"1.6 path of 259", "specialize", "Microsoft-Windows-Deployment", fmt.Sprintf(command, "500", strings.Repeat("x", 259)), nil},
		{"1.6 path counts UTF-16 code units", "specialize", "Microsoft-Windows-Deployment", fmt.Sprintf(command, "1", strings.Repeat("😀", 130)),
			[]string{"too_long 1 RunSynchronous/RunSynchronousCommand/Path"}},
		{"1.6 order 501", "specialize", "Microsoft-Windows-Deployment", fmt.Sprintf(command, "501", "x"),
			[]string{"out_of_range 1 RunSynchronous/RunSynchronousCommand/Order"}},
		{"1.6 order in words", "specialize", "Microsoft-Windows-Deployment", fmt.Sprintf(command, "first", "x"),
			[]string{"out_of_range 1 RunSynchronous/RunSynchronousCommand/Order"}},
		{"E8 empty key", "specialize", shell, "<ProductKey/>", []string{"empty_element 1 ProductKey"}},
		{"E8 empty where the page allows it", "oobeSystem", shell, "<AutoLogon><Domain></Domain></AutoLogon>", nil},
		{"E4 item without an action", "oobeSystem", shell,
			"<FirstLogonCommands><SynchronousCommand><Order>1</Order></SynchronousCommand></FirstLogonCommands>",
			[]string{"no_list_action 1 FirstLogonCommands/SynchronousCommand"}},
		{"a value twice", "specialize", shell, "<TimeZone>UTC</TimeZone>\n<timezone>UTC</timezone>", []string{"repeated 2 timezone"}},
		{"items of a list may repeat", "specialize", "Microsoft-Windows-DNS-Client",
			`<DNSSuffixSearchOrder><DomainName wcm:action="add" wcm:keyValue="1">a</DomainName><DomainName wcm:action="add" wcm:keyValue="2">b</DomainName></DNSSuffixSearchOrder>`, nil},
		{"so may the items of a list that rule E4 does not name", "specialize", "Microsoft-Windows-SystemMaintenanceService",
			`<CacheList><Cache wcm:action="add">a</Cache><Cache wcm:action="add">b</Cache></CacheList>`, nil},
		{"items without an action are not called repeated as well", "specialize", "Microsoft-Windows-NetworkLoadBalancing-Core",
			`<Clusters><Cluster wcm:action="add"><Interface>a</Interface><Interface>b</Interface></Cluster></Clusters>`,
			[]string{"no_list_action 1 Clusters/Cluster/Interface", "no_list_action 1 Clusters/Cluster/Interface"}},
		{"E4 an empty action is none", "specialize", "Microsoft-Windows-NetworkLoadBalancing-Core",
			`<Clusters><Cluster wcm:action="add"><Interface wcm:action="">a</Interface></Cluster></Clusters>`,
			[]string{"no_list_action 1 Clusters/Cluster/Interface"}},
		{"E4 a key is no action", "specialize", "Microsoft-Windows-NetworkLoadBalancing-Core",
			`<Clusters><Cluster wcm:action="add"><Interface wcm:keyValue="1">a</Interface></Cluster></Clusters>`,
			[]string{"no_list_action 1 Clusters/Cluster/Interface"}},
		{"deprecated", "oobeSystem", shell, "<OOBE><NetworkLocation>Work</NetworkLocation></OOBE>", []string{"obsolete 1 OOBE/NetworkLocation"}},
		{"not well-formed", "specialize", shell, "<TimeZone>UTC</TimeZone>\n<A>", []string{"unknown_setting 2 A", "malformed 2 "}},
		{"the component element itself", "specialize", shell, `<component name="x"><TimeZone>UTC</TimeZone></component>`, []string{"malformed 1 "}},
		{"a declaration", "specialize", shell, `<?xml version="1.0"?><TimeZone>UTC</TimeZone>`, []string{"malformed 1 "}},
		{"text alone", "specialize", shell, "hello", []string{"malformed 1 "}},
		{"nothing", "specialize", shell, " \n", []string{"malformed 1 "}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []string
			for _, f := range schema.CheckContent(tc.pass, tc.component, tc.content) {
				got = append(got, fmt.Sprintf("%s %d %s", f.Kind, f.Line, f.Path))
				if f.Summary == "" || f.Detail == "" {
					t.Errorf("%+v does not say what to do", f)
				}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestSuggestions(t *testing.T) {
	for _, tc := range []struct{ pass, component, content, want string }{
		{"oobesystem", "Microsoft-Windows-Shell-Setup", "<TimeZone>UTC</TimeZone>", `Did you mean "oobeSystem"?`},
		{"specialize", "Microsoft-Windows-Shel-Setup", "<A>1</A>", `Did you mean "Microsoft-Windows-Shell-Setup"?`},
		{"specialize", "Microsoft-Windows-Shell", "<A>1</A>", `Did you mean "Microsoft-Windows-Shell-Setup"?`},
		{"specialize", "Microsoft-Windows-Shell-Setup", "<TimeZon>UTC</TimeZon>", `Did you mean "TimeZone"?`},
		{"oobeSystem", "Microsoft-Windows-Shell-Setup", "<ProductKey>A</ProductKey>", "It belongs in specialize."},
	} {
		findings := schema.CheckContent(tc.pass, tc.component, tc.content)
		if len(findings) != 1 || !strings.Contains(findings[0].Detail, tc.want) {
			t.Errorf("%s %s: %+v, want %q", tc.pass, tc.component, findings, tc.want)
		}
	}
}

// What the table lacks may be newer than the table, so it is a warning. A near miss of a component's name is an error:
// Windows stops at a component that it does not have.
func TestWhatIsNotKnown(t *testing.T) {
	for _, tc := range []struct {
		component, content string
		kind               schema.Kind
		warning            bool
	}{
		{"Microsoft-Windows-Shell-Setup", "<ShowWindowsLive>false</ShowWindowsLive>", schema.UnknownSetting, true},
		{"Microsoft-Windows-Shell-Setup", "<TimeZon>UTC</TimeZon>", schema.UnknownSetting, true},
		{"Microsoft-Windows-Shell-Setup", "<TimeZone><A>UTC</A></TimeZone>", schema.UnknownSetting, true},
		{"Microsoft-Windows-Shel-Setup", "<A>1</A>", schema.UnknownComponent, false},
		{"Microsoft-Windows-ShellSetup", "<A>1</A>", schema.UnknownComponent, false},
		{"Microsoft-Windows-Shlel-Setp", "<A>1</A>", schema.UnknownComponent, false}, // three letters
		{"Microsoft-Windows-Slel-Setp", "<A>1</A>", schema.UnknownComponent, false},
		{"Microsoft-Windows-Sle-Setp", "<A>1</A>", schema.UnknownComponent, true}, // four letters
		{"Shell-Setup", "<A>1</A>", schema.UnknownComponent, false},
		{"Microsoft-Windows-Shell-Setup ", "<A>1</A>", schema.UnknownComponent, false},
		{"Microsoft-Windows-WinREAgent2025", "<A>1</A>", schema.UnknownComponent, true},
		{"Microsoft-Windows-SPP", "<A>1</A>", schema.UnknownComponent, true}, // short, and near to no other
		{"Contoso-Agent", "<A>1</A>", schema.UnknownComponent, true},
		{"Microsoft-Windows-", "<A>1</A>", schema.UnknownComponent, true},
	} {
		findings := schema.CheckContent("specialize", tc.component, tc.content)
		if len(findings) != 1 || findings[0].Kind != tc.kind || findings[0].Warning != tc.warning {
			t.Errorf("%q %s: %+v, want one %s, warning %t", tc.component, tc.content, findings, tc.kind, tc.warning)
		}
	}
}

// The message says which of the two cases it is, and where the setting was looked for.
func TestMessages(t *testing.T) {
	const shell, edge = "Microsoft-Windows-Shell-Setup", "Microsoft-Windows-MicrosoftEdgeBrowser"
	for _, tc := range []struct{ component, content, summary, detail string }{
		{"Contoso-Agent", "<A>1</A>", `the component "Contoso-Agent" is not known`, "Microsoft's reference"},
		{"Microsoft-Windows-Shel-Setup", "<A>1</A>", `there is no component "Microsoft-Windows-Shel-Setup"`, "Windows Setup stops"},
		{shell, "<Qq>1</Qq>", "the setting Qq is not known in Microsoft-Windows-Shell-Setup", "does not list it there."},
		{shell, "<OEMInformation><Qq>1</Qq></OEMInformation>",
			"the setting Qq is not known in Microsoft-Windows-Shell-Setup, OEMInformation", "does not list it there."},
		{shell, "<TimeZone><Qq>1</Qq></TimeZone>", "the setting Qq is not known in Microsoft-Windows-Shell-Setup, TimeZone",
			"TimeZone is a value and holds no further elements."},
		// the reference describes this one as a value, and has settings in it
		{edge, `<FavoriteBarItems><Qq>1</Qq></FavoriteBarItems>`,
			"the setting Qq is not known in Microsoft-Windows-MicrosoftEdgeBrowser, FavoriteBarItems", "does not list it there."},
	} {
		findings := schema.CheckContent("specialize", tc.component, tc.content)
		if len(findings) != 1 || findings[0].Summary != tc.summary || !strings.Contains(findings[0].Detail, tc.detail) {
			t.Errorf("%s: %+v, want %q and %q", tc.content, findings, tc.summary, tc.detail)
		}
	}
}

// A value is shown whole up to 40 letters.
func TestLongValuesAreCut(t *testing.T) {
	const path = "RunSynchronous/RunSynchronousCommand/Order"
	for letters, want := range map[int]string{40: strings.Repeat("ä", 40), 41: strings.Repeat("ä", 40) + "…"} {
		f, bad := schema.Find("Microsoft-Windows-Deployment", path).CheckValue(strings.Repeat("ä", letters))
		if want = fmt.Sprintf("%s is %q", path, want); !bad || f.Summary != want {
			t.Errorf("%d letters: %q, want %q", letters, f.Summary, want)
		}
	}
}

func TestNearComponent(t *testing.T) {
	for name, want := range map[string]string{
		"Microsoft-Windows-TwanUI":                    "Microsoft-Windows-TwinUI", // as near to WwanUI, which comes later
		"Microsoft-Windows-WwbnUI":                    "Microsoft-Windows-WwanUI", // two letters from TwinUI, which comes first
		"Microsoft-Windows-StorPort-RegistrySettiXXX": "Microsoft-Windows-StorPort-RegistrySettings",
		"Microsoft-Windows-StorPort-RegistrySettXXXX": "", // four letters, and long enough for more
		"Microsoft-Windows-":                          "", "": "",
	} {
		if got := schema.NearComponent(name); got != want {
			t.Errorf("NearComponent(%q) = %q, want %q", name, got, want)
		}
	}
}

// answerFile reads just enough of an answer file to hand the inside of its components over.
type answerFile struct {
	Settings []struct {
		Pass       string `xml:"pass,attr"`
		Components []struct {
			Name    string `xml:"name,attr"`
			Content string `xml:",innerxml"`
		} `xml:"component"`
	} `xml:"settings"`
}

// Files that people build images with hold nothing that the table does not know but settings of Windows versions long
// gone, and each other objection is one that Windows has, too.
func TestRealAnswerFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/answer-files/*.xml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	var unknown, other []string
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var parsed answerFile
		if err := xml.Unmarshal(data, &parsed); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, s := range parsed.Settings {
			for _, c := range s.Components {
				for _, f := range schema.CheckContent(s.Pass, c.Name, c.Content) {
					switch f.Kind {
					case schema.UnknownSetting, schema.UnknownComponent:
						unknown = append(unknown, c.Name+" "+f.Path)
					case schema.Obsolete, schema.Malformed: // Malformed: an empty component
					default:
						other = append(other, string(f.Kind)+" "+f.Path+" "+s.Pass)
					}
				}
			}
		}
	}
	slices.Sort(unknown)
	slices.Sort(other)
	if diff := cmp.Diff([]string{
		"Microsoft-Windows-Shell-Setup ShowWindowsLive",
	}, slices.Compact(unknown)); diff != "" {
		t.Errorf("unknown settings (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]string{
		"empty_element UserData/Organization windowsPE",
		"wrong_pass ComputerName oobeSystem", // rule 1.8: seen in the wild
	}, slices.Compact(other)); diff != "" {
		t.Errorf("other findings (-want +got)\n%s", diff)
	}
}

func FuzzCheckContent(f *testing.F) {
	f.Add("specialize", "Microsoft-Windows-Shell-Setup", "<TimeZone>UTC</TimeZone>")
	f.Add("", "", "<a><b></a>")
	f.Add("windowsPE", "Microsoft-Windows-Setup", `<DiskConfiguration><Disk wcm:action="add"><DiskID>0</DiskID></Disk></DiskConfiguration>`)
	f.Add("oobeSystem", "Microsoft-Windows-Shell-Setup", "<component>&#0;</component>")
	f.Fuzz(func(_ *testing.T, pass, component, content string) {
		schema.CheckContent(pass, component, content)
	})
}
