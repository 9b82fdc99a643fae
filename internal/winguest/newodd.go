// SPDX-License-Identifier: MPL-2.0

package winguest

// setOdd puts what does not fit together over an otherwise sound guest.
func (s *State) setOdd(c Config) {
	o := c.Odd
	w := &s.Licensing.Products[3]
	if o.SKU != 0 {
		s.Guest.SKU = o.SKU
	}
	if o.Channel != nil {
		w.Channel = *o.Channel
	}
	if o.Description != nil {
		w.Description = *o.Description
	}
	if o.PartialKey != nil {
		w.PartialKey = o.PartialKey
	}
	if o.HostName != "" {
		w.HostName, w.LastActivation = &o.HostName, unixNow()-60
	}
	if o.EvaluationDays != 0 {
		w.EvaluationEnd = unixNow() + float64(o.EvaluationDays)*86400
	}
	if o.InstalledDays != 0 {
		s.Guest.InstallDate = float64(int64(unixNow()) - int64(o.InstalledDays)*86400)
		s.Registry[keyCurrentVersion]["InstallDate"] = dword(int(s.Guest.InstallDate))
	}
	if o.Machine != nil {
		s.Virtualization.Manufacturer, s.Virtualization.Model = o.Machine[0], o.Machine[1]
		s.Virtualization.BIOSVendor, s.Virtualization.BIOSVersion = o.Machine[0], "1.0"
		if o.Machine[0] == "" {
			s.Virtualization.BIOSVersion = ""
		}
	}
	for _, data := range o.Events {
		e := Event{Log: "Application", Provider: "Microsoft-Windows-Security-SPP", ID: 12309, Level: 4, Qualifiers: 16384, At: unixNow() - 600}
		for _, d := range data {
			e.Data = append(e.Data, d)
		}
		s.Events = append(s.Events, e)
	}
	if o.NoRegistryOS {
		s.Registry[keyCurrentVersion] = map[string]Value{"CurrentBuildNumber": s.Registry[keyCurrentVersion]["CurrentBuildNumber"], "ProductName": text(""), "EditionID": text("")}
	}
	if o.KeepParameters {
		s.setParameters(c.Host, or(c.Host.Name, "HV-01"), or(c.Host.Edition, "datacenter"))
	}
}
