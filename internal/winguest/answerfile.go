// SPDX-License-Identifier: MPL-2.0

package winguest

import (
	"encoding/xml"
	"os"
	"sort"
	"strings"
)

// answerFile is the little of an answer file that the fake Setup follows: specialize, the automatic logon and the commands
// of the first logon.
type answerFile struct {
	productKey, computerName string
	commands                 []string
	autoLogon                *autoLogon
	firstLogon               []string
}

type autoLogon struct {
	Username string `xml:"Username"`
	Password string `xml:"Password>Value"`
	Count    int    `xml:"LogonCount"`
}

// orderedCommand is an item of a list whose sequence its Order gives.
type orderedCommand struct {
	Order int    `xml:"Order"`
	Path  string `xml:"Path"`
	Line  string `xml:"CommandLine"`
}

func inOrder(list []orderedCommand) []string {
	sort.SliceStable(list, func(i, j int) bool { return list[i].Order < list[j].Order })
	var out []string
	for _, c := range list {
		out = append(out, strings.TrimSpace(c.Path+c.Line))
	}
	return out
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
				Name         string           `xml:"name,attr"`
				ProductKey   string           `xml:"ProductKey"`
				ComputerName string           `xml:"ComputerName"`
				Commands     []orderedCommand `xml:"RunSynchronous>RunSynchronousCommand"`
				AutoLogon    *autoLogon       `xml:"AutoLogon"`
				FirstLogon   []orderedCommand `xml:"FirstLogonCommands>SynchronousCommand"`
			} `xml:"component"`
		} `xml:"settings"`
	}
	if err := xml.Unmarshal(data, &x); err != nil {
		return nil, err
	}
	a := &answerFile{}
	for _, s := range x.Settings {
		for _, c := range s.Components {
			if s.Pass == "oobeSystem" && c.AutoLogon != nil {
				a.autoLogon = c.AutoLogon
			}
			if s.Pass == "oobeSystem" {
				a.firstLogon = append(a.firstLogon, inOrder(c.FirstLogon)...)
			}
			if s.Pass != "specialize" {
				continue
			}
			if c.Name == "Microsoft-Windows-Shell-Setup" {
				a.productKey, a.computerName = strings.TrimSpace(c.ProductKey), strings.TrimSpace(c.ComputerName)
			}
			a.commands = append(a.commands, inOrder(c.Commands)...)
		}
	}
	return a, nil
}
