// SPDX-License-Identifier: MPL-2.0

// Package untrusted makes what others said fit to be shown: a guest's facts and events, Data Exchange values, names on a
// disk, lines of a file that somebody wrote. Control characters do not reach a terminal, product keys lose all but
// their last group, and no text is longer than a person reads. It is the only place for this; it judges nothing, and
// it does not escape for HTML, XML or shells, which is the business of what writes those.
package untrusted
