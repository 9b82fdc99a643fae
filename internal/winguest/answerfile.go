// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"encoding/xml"
	"os"
	"sort"
	"strings"
)

// answerFile is the little of an answer file that the fake Setup follows in specialize.
type answerFile struct {
	productKey, computerName string
	commands                 []string
}

func readAnswerFile(path string) (*answerFile, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var x struct {
		Settings []struct {
			Pass       string `xml:"pass,attr"`
			Components []struct {
				Name         string `xml:"name,attr"`
				ProductKey   string `xml:"ProductKey"`
				ComputerName string `xml:"ComputerName"`
				Commands     []struct {
					Order int    `xml:"Order"`
					Path  string `xml:"Path"`
				} `xml:"RunSynchronous>RunSynchronousCommand"`
			} `xml:"component"`
		} `xml:"settings"`
	}
	if err := xml.Unmarshal(data, &x); err != nil {
		return nil, err
	}
	a := &answerFile{}
	for _, s := range x.Settings {
		if s.Pass != "specialize" {
			continue
		}
		for _, c := range s.Components {
			if c.Name == "Microsoft-Windows-Shell-Setup" {
				a.productKey, a.computerName = strings.TrimSpace(c.ProductKey), strings.TrimSpace(c.ComputerName)
			}
			sort.SliceStable(c.Commands, func(i, j int) bool { return c.Commands[i].Order < c.Commands[j].Order })
			for _, r := range c.Commands {
				a.commands = append(a.commands, strings.TrimSpace(r.Path))
			}
		}
	}
	return a, nil
}
