// SPDX-License-Identifier: MPL-2.0

package activation

func outcomeCases() []judged {
	return []judged{
		{name: "activated", f: good(), status: Activated, lead: CodeActivated, also: []string{CodeEventSuccess}, text: "HV-01"},
		{name: "activated, licensed by description where the channel is empty",
			f: good(product(func(p *Product) { p.ProductKeyChannel = "" })), status: Activated, lead: CodeActivated},
		{name: "activated after a live migration", f: good(hostValue("PhysicalHostName", "HV-02"), hostValue("PhysicalHostNameFullyQualified", "HV-02.corp.example")),
			status: Activated, lead: CodeActivated, also: []string{CodeMoved}},
		{name: "no move where the host is named in full", f: good(product(func(p *Product) { p.HostMachineName = "hv-01.corp.example" })),
			status: Activated, lead: CodeActivated, not: []string{CodeMoved}},
		{name: "activated, Data Exchange's only name is a cut one",
			f: good(traces("hv-production-01.corp.example", "2026-03-02T09:55:00Z", ""),
				hostValue("PhysicalHostName", "HV-PRODUCTION-0"), hostValue("PhysicalHostNameFullyQualified", "")),
			status: Activated, lead: CodeActivated, not: []string{CodeMoved}},
		{name: "activated, an earlier attempt failed", f: good(func(f *Facts) {
			f.Events = append([]Event{{ID: 12309, TimeUTC: "2026-03-02T09:58:00Z", Data: []string{"hr=0xC004FD01"}}}, f.Events...)
		}), status: Activated, lead: CodeActivated, also: []string{CodeEventHost}},
		{name: "pending", f: good(waiting), status: Pending, lead: CodePending, also: []string{CodeOOBGrace}},
		{name: "pending, throttled", f: good(because(0xC004FD00)), status: Pending, lead: CodeThrottled, text: "SL_E_IA_THROTTLE_LIMIT_EXCEEDED"},
		{name: "pending, throttled while waiting", f: good(waiting, acted(Action{Name: "wait", Done: true, HResult: 0xC004FD00, Throttled: 3, WaitedSeconds: 40})),
			status: Pending, lead: CodeThrottled},
		{name: "pending, Setup at work", f: good(waiting, func(f *Facts) { f.Setup.ImageState = "IMAGE_STATE_UNDEPLOYABLE" }),
			status: Pending, lead: CodeWaitSetup, text: "IMAGE_STATE_UNDEPLOYABLE"},
		{name: "pending, OOBE at work", f: good(waiting, func(f *Facts) { f.Setup.OOBEInProgress = 1 }), status: Pending, lead: CodeWaitSetup, text: "OOBEInProgress 1"},
		{name: "activated before Setup is through", f: good(func(f *Facts) { f.Setup.SystemSetup = 1 }), status: Activated, lead: CodeActivated},
		{name: "pending, servicing waits for a restart", f: good(waiting, func(f *Facts) { f.PendingRestart = []string{"file_rename", "cbs"} }),
			status: Pending, lead: CodeWaitRestart, text: "cbs, file_rename"},
		{name: "a renamed file needs no restart to be activated", f: good(waiting, func(f *Facts) { f.PendingRestart = []string{"file_rename"} }),
			status: Pending, lead: CodePending, also: []string{CodeRestartPending}},
		{name: "Setup unfinished on a KMS client", f: good(gvlk, func(f *Facts) { f.Setup.ImageState = "IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE" }),
			status: NotAVMA, lead: CodeGVLK, also: []string{CodeWaitSetup}},
		{name: "deferred while waiting", f: good(waiting), e: Expectation{Defer: true}, status: Deferred, lead: CodeDeferred, also: []string{CodePending}},
		{name: "deferred on KVM", f: good(on("QEMU", "Standard PC (Q35 + ICH9, 2009)")), e: Expectation{Defer: true}, status: Deferred, lead: CodeDeferred, also: []string{CodeKVM}},
		{name: "deferred with the host not activated", f: good(because(0xC004FD02)), e: Expectation{Defer: true}, status: Deferred, lead: CodeDeferred, also: []string{CodeHostNotActivated}},
		{name: "deferred, licensed without a host", f: good(traces("", "", "")), e: Expectation{Defer: true},
			status: Deferred, lead: CodeDeferred, also: []string{CodeNoHost}},
		{name: "activated although it could be deferred", f: good(), e: Expectation{Defer: true}, status: Activated, lead: CodeActivated},
		{name: "not deferred without the key", f: good(noKeyHere), e: Expectation{Defer: true}, status: Failed, lead: CodeNoKey},
		{name: "not deferred with a KMS client key", f: good(gvlk), e: Expectation{Defer: true}, status: NotAVMA, lead: CodeGVLK},
		{name: "not deferred as an evaluation", f: good(evaluation("ServerDatacenterEval", 80)), e: Expectation{Defer: true}, status: Failed, lead: CodeEvaluation},
		{name: "not deferred with Data Exchange disabled in the image", f: good(on("QEMU", "Standard PC"), func(f *Facts) { f.DataExchange.StartMode = "Disabled" }),
			e: Expectation{Defer: true}, status: Failed, lead: CodeExchangeDisabled},
		{name: "not deferred with the wrong host", f: good(), e: Expectation{Defer: true, Hosts: []string{"hv-09"}}, status: Failed, lead: CodeUnexpectedHost},
		{name: "not deferred with a refused key", f: good(because(0xC004F069)), e: Expectation{Defer: true}, status: Failed, lead: CodeKeyMismatch},
		{name: "activated, a day is left", f: good(product(func(p *Product) { p.GraceMinutes = 1440 })), status: Activated, lead: CodeActivated, not: []string{CodeLapsing}},
		{name: "activated, less than a day is left", f: good(product(func(p *Product) { p.GraceMinutes = 1439 })), status: Activated, lead: CodeActivated, also: []string{CodeLapsing}},
		{name: "not activated, little is left", f: good(waiting, product(func(p *Product) { p.GraceMinutes = 60 })), status: Pending, lead: CodePending, not: []string{CodeLapsing}},
		{name: "event says the host did not respond", f: good(waiting, events("hr=0xC004FD01")), status: Pending, lead: CodePending, also: []string{CodeEventHost}},
		{name: "event says denied", f: good(waiting, events("0xC004FD03")), status: Pending, lead: CodePending, also: []string{CodeEventDenied}},
		{name: "event says invalid data", f: good(waiting, events("Invalid Data")), status: Pending, lead: CodePending, also: []string{CodeEventData}},
		{name: "event says success, the product does not", f: good(waiting, events("0x00000000")), status: Pending, lead: CodePending, also: []string{CodeEventUnlicensed}},
	}
}

func events(data ...string) func(*Facts) {
	return func(f *Facts) {
		f.Events = []Event{{ID: 12309, TimeUTC: "2026-03-02T09:58:00Z", Level: 4, Qualifiers: 16384, Data: data}}
	}
}
