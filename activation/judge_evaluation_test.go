// SPDX-License-Identifier: MPL-2.0

package activation

func evaluationCases() []judged {
	datacenter := evaluation("ServerDatacenterEval", 80)
	return []judged{
		{name: "evaluation", f: good(datacenter), status: Failed, lead: CodeEvaluation, also: []string{CodeEvaluationTime, CodeEvaluationRearms}, not: []string{CodeEvaluationExpired}, text: "convert_evaluation"},
		{name: "evaluation, Core, DISM's spelling", f: good(evaluation("ServerStandardEvalCor", 160)), status: Failed, lead: CodeEvaluation},
		{name: "evaluation that is over by the guest's clock", f: good(datacenter, product(func(p *Product) { p.EvaluationEndUTC = "2026-01-01T00:00:00Z" })), status: Failed, lead: CodeEvaluationExpired,
			also: []string{CodeEvaluation}, text: "2026-01-01"},
		{name: "evaluation that is over by what Windows says", f: good(datacenter, product(func(p *Product) { p.LicenseStatus, p.LicenseStatusReason = 5, 0xC004FC07 })), status: Failed, lead: CodeEvaluationExpired,
			text: "SL_E_VALIDITY_PERIOD_EXPIRED"},
		{name: "evaluation whose end is unset", f: good(datacenter, product(func(p *Product) { p.EvaluationEndUTC = "1601-01-01T00:00:00Z" })), status: Failed, lead: CodeEvaluation, not: []string{CodeEvaluationExpired}},
		{name: "evaluation, rearms used up", f: good(datacenter, func(f *Facts) { f.Service.RearmCount = 0 }), status: Failed, lead: CodeEvaluation, also: []string{CodeRearmUsedUp}},
		{name: "evaluation, rearms not read", f: good(datacenter, func(f *Facts) { f.Service = Service{State: "Running", StartMode: "Auto"} }), status: Failed, lead: CodeEvaluation, not: []string{CodeRearmUsedUp}},
		{name: "evaluation licence on a full edition", f: good(datacenter, func(f *Facts) { f.OS.EditionID, f.OS.SKU = "ServerDatacenter", 8 }), status: Failed, lead: CodeEvaluationProduct},
		{name: "evaluation edition that claims AVMA", f: good(func(f *Facts) { f.OS.EditionID, f.OS.SKU = "ServerDatacenterEval", 80 }), status: Failed, lead: CodeEvaluationActive},
		{name: "rearmed, restart to come", f: good(because(0xC004D302)), status: Pending, lead: CodeRearmed, text: "SL_REMAPPING_SP_PUB_TS_REARMED"},
		{name: "evaluation whose edition was expected otherwise", f: good(evaluation("ServerStandardEval", 79)), e: Expectation{Edition: "datacenter"}, status: Failed, lead: CodeEvaluation, not: []string{CodeOtherEdition}},
		{name: "evaluation of another release than expected", f: good(datacenter), e: Expectation{Release: "2025"}, status: Failed, lead: CodeOtherRelease, also: []string{CodeEvaluation}},
	}
}

func conversionCases() []judged {
	eval := func(a Action) Facts { return good(evaluation("ServerDatacenterEval", 80), acted(a)) }
	cbs := func(f *Facts) { f.PendingRestart = []string{"cbs"} }
	poll := func(phase string, exit int) Action {
		return Action{Name: "convert_poll", Done: true, Phase: phase, ExitCode: exit, Target: "ServerDatacenter", StartedUTC: "2026-03-02T09:58:00Z"}
	}
	return []judged{
		{name: "conversion running", f: eval(poll("running", 0)), status: Pending, lead: CodeConvertRunning, text: "ServerDatacenter"},
		{name: "conversion done, restart to come", f: eval(poll("restart_needed", 3010)), status: Pending, lead: CodeConvertRestart, text: "3010"},
		{name: "conversion failed", f: eval(poll("failed", 1168)), status: Failed, lead: CodeConvertMedia, text: "1168"},
		{name: "conversion failed: two DISM at once", f: eval(poll("failed", 87)), status: Failed, lead: CodeConvertBusy},
		{name: "conversion failed with an exit of its own", f: eval(poll("failed", 1726)), status: Failed, lead: CodeConvertFailed, text: "1726"},
		{name: "conversion failed: the media lack files, as an HRESULT", f: eval(poll("failed", -2147023728)), status: Failed, lead: CodeConvertMedia, text: "0x80070490"},
		{name: "conversion failed: no key is taken", f: eval(poll("failed", 1605)), status: Failed, lead: CodeConvertKey, text: "1605"},
		{name: "conversion failed: no key is taken, in DISM's own number", f: eval(poll("failed", -1979645695)), status: Failed, lead: CodeConvertKey, text: "0x8A010101"},
		{name: "conversion failed: no key is taken, says the licensing service", f: eval(poll("failed", -1073418135)), status: Failed, lead: CodeConvertKey, text: "SL_E_MISMATCHED_PRODUCT_SKU"},
		{name: "conversion failed: another HRESULT", f: eval(poll("failed", -2146498530)), status: Failed, lead: CodeConvertFailed, text: "0x800F081E"},
		{name: "conversion interrupted", f: eval(Action{Name: "convert_poll", Done: true, Phase: "failed", ExitCode: -1, ErrorID: "interrupted"}), status: Failed, lead: CodeConvertFailed, text: "interrupted"},
		{name: "conversion without effect", f: eval(poll("done", 0)), status: Failed, lead: CodeConvertNoChange, text: "ServerDatacenterEval"},
		{name: "conversion restarted, servicing not through", f: good(evaluation("ServerDatacenterEval", 80), cbs, acted(poll("done", 0))), status: Pending, lead: CodeConvertRestart},
		{name: "conversion never started", f: eval(poll("none", 0)), status: Failed, lead: CodeEvaluation},
		{name: "conversion never started, with a word about it", f: eval(Action{Name: "convert_poll", Done: true, Phase: "none", Message: "no state"}), status: Failed, lead: CodeEvaluation},
		{name: "conversion not started, no word about it", f: eval(Action{Name: "convert_start", Phase: "none"}), status: Failed, lead: CodeEvaluation},
		{name: "conversion refused: domain controller", f: eval(Action{Name: "convert_start", Skipped: "domain_controller"}), status: Failed, lead: CodeConvertDomain},
		{name: "conversion refused: target not offered", f: eval(Action{Name: "convert_start", Skipped: "target_not_offered", Targets: []string{"ServerStandard"}}), status: Failed, lead: CodeConvertNoTarget,
			text: "ServerStandard"},
		{name: "conversion refused: restart pending", f: good(evaluation("ServerDatacenterEval", 80), cbs, acted(Action{Name: "convert_start", Skipped: "restart_pending"})), status: Pending, lead: CodeWaitRestart},
		{name: "conversion refused: not elevated", f: eval(Action{Name: "convert_start", Skipped: "not_elevated", HResult: 0x80070005}), status: Failed, lead: CodeAccessDenied},
		{name: "conversion could not be started", f: eval(Action{Name: "convert_start", ErrorID: "AvmaDismTargets: exit 1726", ExitCode: 1726}), status: Failed, lead: CodeConvertFailed, text: "AvmaDismTargets"},
		{name: "converted, quick look", f: good(quick, acted(poll("done", 0))), status: Unknown, lead: CodeQuickLook},
		{name: "converted and activated", f: good(acted(poll("done", 0))), status: Activated, lead: CodeActivated},
	}
}
