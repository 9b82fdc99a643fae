// SPDX-License-Identifier: MPL-2.0

package unattend

import (
	"strconv"

	"github.com/beevik/etree"
)

// windowsPE writes the pass in which Setup partitions the disk and lays down the image.
func (w *writer) windowsPE() {
	m := w.m
	c := w.component("windowsPE", "Microsoft-Windows-International-Core-WinPE")
	text(c.CreateElement("SetupUILanguage"), "UILanguage", m.locale.ui)
	w.languages(c)
	if len(m.cfg.DriverPaths) > 0 {
		c := w.component("windowsPE", "Microsoft-Windows-PnpCustomizationsWinPE")
		paths := c.CreateElement("DriverPaths")
		for i, p := range m.cfg.DriverPaths {
			text(keyed(paths, "PathAndCredentials", strconv.Itoa(i+1)), "Path", p)
		}
	}
	c = w.component("windowsPE", "Microsoft-Windows-Setup")
	w.diskConfiguration(c)
	w.imageInstall(c)
	w.userData(c)
	runList(c, "RunSynchronous", "RunSynchronousCommand", "Path", m.plan.windowsPE)
}

func (w *writer) languages(c *etree.Element) {
	l := w.m.locale
	text(c, "InputLocale", l.input)
	text(c, "SystemLocale", l.system)
	text(c, "UILanguage", l.ui)
	text(c, "UserLocale", l.user)
}

// diskConfiguration writes the partitions. (reference section 1.5)
func (w *writer) diskConfiguration(c *etree.Element) {
	config := c.CreateElement("DiskConfiguration")
	for _, d := range w.m.disks {
		disk := item(config, "Disk")
		integer(disk, "DiskID", d.id)
		truth(disk, "WillWipeDisk", true)
		create := disk.CreateElement("CreatePartitions")
		for i, p := range d.partitions {
			e := item(create, "CreatePartition")
			integer(e, "Order", i+1)
			text(e, "Type", p.kind)
			if p.size > 0 {
				integer(e, "Size", p.size)
			} else {
				truth(e, "Extend", true)
			}
		}
		modifyPartitions(disk, d.partitions)
	}
	text(config, "WillShowUI", "OnError")
}

// modifyPartitions formats what can be formatted: reserved and extended partitions cannot be modified.
func modifyPartitions(disk *etree.Element, ps []partitionPlan) {
	var modify *etree.Element
	order := 0
	for _, p := range ps {
		if p.kind == "MSR" || p.kind == "Extended" {
			continue
		}
		if modify == nil {
			modify = disk.CreateElement("ModifyPartitions")
		}
		order++
		e := item(modify, "ModifyPartition")
		integer(e, "Order", order)
		integer(e, "PartitionID", p.id)
		text(e, "Format", p.format)
		text(e, "Label", p.label)
		text(e, "Letter", p.letter)
		text(e, "TypeID", p.typeID)
		if p.active {
			truth(e, "Active", true)
		}
		if p.grow {
			truth(e, "Extend", true)
		}
	}
}

// imageInstall writes which image goes where. (reference section 1.4)
func (w *writer) imageInstall(c *etree.Element) {
	m := w.m
	os := c.CreateElement("ImageInstall").CreateElement("OSImage")
	if m.cfg.ImageIndex != nil {
		metaData(os, "/IMAGE/INDEX", strconv.Itoa(*m.cfg.ImageIndex))
	} else if m.imageName != "" {
		metaData(os, "/IMAGE/NAME", m.imageName)
	}
	to := os.CreateElement("InstallTo")
	for _, d := range m.disks {
		for _, p := range d.partitions {
			if p.windows {
				integer(to, "DiskID", d.id)
				integer(to, "PartitionID", p.id)
			}
		}
	}
	text(os, "WillShowUI", "OnError")
}

func metaData(os *etree.Element, key, value string) {
	e := item(os.CreateElement("InstallFrom"), "MetaData")
	text(e, "Key", key)
	text(e, "Value", value)
}

// userData writes the licence terms and Setup's key. An empty Key never stands there. (reference rules K1, K4, K8)
func (w *writer) userData(c *etree.Element) {
	u := c.CreateElement("UserData")
	truth(u, "AcceptEula", true)
	text(u, "FullName", w.m.cfg.Owner)
	text(u, "Organization", w.m.cfg.Organization)
	k := u.CreateElement("ProductKey")
	text(k, "Key", w.m.setupKey)
	text(k, "WillShowUI", "OnError")
}

// runList writes a list of commands, if there are any.
func runList(c *etree.Element, list, entry, line string, commands []runCommand) *etree.Element {
	if len(commands) == 0 {
		return nil
	}
	l := c.CreateElement(list)
	for i, r := range commands {
		e := item(l, entry)
		text(e, "Description", r.description)
		integer(e, "Order", i+1)
		text(e, line, r.line)
	}
	return l
}
