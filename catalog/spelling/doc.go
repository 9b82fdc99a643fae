// SPDX-License-Identifier: MPL-2.0

// Package spelling reads what people, DISM and Windows Setup write beside the name of a release or an edition: letters
// of any script, the marks that separate words, and the words for Server Core, Desktop Experience and evaluation in the
// common languages.
//
// It knows no releases, editions or keys. Nothing is dropped here but what separates words: whatever its callers cannot
// account for is left over, and has to be an error there, because a word that was not understood may be a "not", or
// may say evaluation in another language.
package spelling
