// SPDX-License-Identifier: MPL-2.0

package activation

import (
	"reflect"
	"strings"
	"testing"
	"time"
)

// shape builds facts out of bytes: it takes from pools of values that mean something and from the bytes themselves.
type shape struct{ data []byte }

func (s *shape) next() int {
	if len(s.data) == 0 {
		return 0
	}
	b := s.data[0]
	s.data = s.data[1:]
	return int(b)
}

func (s *shape) text() string {
	pool := []string{"", "VT:IA", "Volume:GVLK", "Volume:MAK", "Retail:TB:Eval", "VIRTUAL_MACHINE_ACTIVATION", "VOLUME_KMSCLIENT", "DV9BG", "78VHK", "HV-01", "hv-01.corp", "Running", "Disabled", "Stopped",
		"ServerDatacenter", "ServerStandard", "ServerDatacenterEval", "ServerTurbine", "ServerDatacenterACor", "Enterprise", "8", "7", "406", "6", "3", "2026-03-02T10:00:00Z", "1601-01-01T00:00:00Z",
		"convert_poll", "install", "running", "done", "failed", "restart_needed", "not_elevated", "products", "services", "script", "0xC004FD02", "Invalid Data", "FullLanguage", "ConstrainedLanguage",
		"QEMU", "Microsoft Corporation", "Virtual Machine", "IMAGE_STATE_COMPLETE", "cbs", "{guest}", "\x1b[31m\u202e\x00", "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE", strings.Repeat("x", 5000)}
	n := s.next()
	if n < 200 {
		return pool[n%len(pool)]
	}
	n = min(n-200, len(s.data))
	t := string(s.data[:n])
	s.data = s.data[n:]
	return t
}

func (s *shape) number() uint64 {
	pool := []uint64{0, 1, 2, 3, 5, 7, 8, 80, 9600, 14393, 17763, 20348, 25398, 26100, 30000, 0xC004FD00, 0xC004FD01, 0xC004FD02, 0xC004FD03, 0xC004FD04, 0xC004F069, 0x80070005, 0x4004FC04, 0xFFFFFFFF, 12309, 1772445600}
	n := s.next()
	if n < 240 {
		return pool[n%len(pool)]
	}
	return uint64(s.next())<<24 | uint64(s.next())<<16 | uint64(s.next())
}

func (s *shape) fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			s.fill(v.Field(i))
		}
	case reflect.Slice:
		n := s.next() % 4
		if n == 3 {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			s.fill(v.Index(i))
		}
	case reflect.Map:
		m := map[string]string{}
		for _, k := range []string{"PhysicalHostName", "HostingSystemEditionId", "HostingSystemOsMajor", "HostingSystemOsMinor", "VirtualMachineId"} {
			if s.next()%2 == 0 {
				m[k] = s.text()
			}
		}
		v.Set(reflect.ValueOf(m))
	case reflect.Pointer:
		if s.next()%2 == 0 {
			v.Set(reflect.New(v.Type().Elem()))
			s.fill(v.Elem())
		}
	case reflect.String:
		v.SetString(s.text())
	case reflect.Bool:
		v.SetBool(s.next()%2 == 0)
	case reflect.Uint32:
		v.SetUint(s.number() & 0xFFFFFFFF)
	default:
		v.SetInt(int64(s.number()))
	}
}

// Judge never panics, always gives a reason, and says activated only where the rule of success holds; NextStep does
// not install over what is activated.
func FuzzJudge(f *testing.F) {
	f.Add([]byte{}, true)
	f.Add([]byte("\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c"), false)
	f.Add([]byte(strings.Repeat("\x01\x0b\x0e\x19\x22", 60)), false)
	f.Fuzz(func(t *testing.T, data []byte, fromGood bool) {
		s := &shape{data: data}
		facts := Facts{}
		if fromGood { // one part of an activated guest is replaced, so that the deeper rules are reached
			facts = good()
			v := reflect.ValueOf(&facts).Elem()
			for range 1 + s.next()%3 {
				s.fill(v.Field(s.next() % v.NumField()))
			}
		} else {
			s.fill(reflect.ValueOf(&facts).Elem())
		}
		e := Expectation{Defer: s.next()%2 == 0}
		if s.next()%3 == 0 {
			e.Release, e.Edition, e.PartialKey, e.HostRelease, e.Hosts = s.text(), s.text(), s.text(), s.text(), []string{s.text()}
			e.Now = now.Add(time.Duration(s.next()) * 100 * time.Hour)
		}
		v := Judge(facts, e)
		checkVerdict(t, facts, e, v)
		if again := Judge(facts, e); !reflect.DeepEqual(v, again) {
			t.Error("judged twice, two verdicts")
		}
		p := Policy{ReplaceKey: s.next()%2 == 0, Convert: s.next()%2 == 0, InstallAnyway: s.next()%2 == 0}
		step := NextStep(facts, e, p)
		if step.Reason.Code == "" || step.Do == "" {
			t.Errorf("a step without a reason: %+v", step)
		}
		if v.OK() != (step.Do == DoNothing) {
			t.Errorf("%s, and the next step is %s", v.Status, step.Do)
		}
	})
}

func FuzzKVPItem(f *testing.F) {
	f.Add(kvpItem)
	f.Add(`<INSTANCE><PROPERTY NAME="Name"><VALUE>x</VALUE></PROPERTY></INSTANCE>`)
	f.Fuzz(func(t *testing.T, text string) {
		item, err := ParseKVPItem(text)
		if err == nil && (item.Name == "" || len(item.Name) > 4*MaxKVPName || len(item.Data) > 4*MaxKVPValue) {
			t.Errorf("%+v", item)
		}
		ParsePublished(map[string]string{item.Name: item.Data})
	})
}
