// SPDX-License-Identifier: MPL-2.0

package schema

import "strings"

// ListItem is an element that may stand more than once beside its like and needs wcm:action="add" (reference
// rule E4).
type ListItem struct {
	Name  string
	Keyed bool // it may carry a wcm:keyValue, which is then unique among its like
}

var listItems = [...]ListItem{
	{Name: "RunSynchronousCommand"},
	{Name: "RunAsynchronousCommand"},
	{Name: "SynchronousCommand"},
	{Name: "AsynchronousCommand"},
	{Name: "CreatePartition"},
	{Name: "ModifyPartition"},
	{Name: "Disk"},
	{Name: "MetaData"},
	{Name: "PathAndCredentials", Keyed: true},
	{Name: "LocalAccount"},
	{Name: "DomainAccountList"},
	{Name: "DomainAccount"},
	{Name: "FirewallGroup", Keyed: true},
	{Name: "Interface"},
	{Name: "Route"},
	{Name: "IpAddress", Keyed: true},
}

// ListItems lists the elements of rule E4.
func ListItems() []ListItem { return listItems[:] }

// AsListItem says whether an element of that name is an item of a list, without regard to case.
func AsListItem(name string) (ListItem, bool) {
	for _, item := range listItems {
		if strings.EqualFold(item.Name, name) {
			return item, true
		}
	}
	return ListItem{}, false
}
