// SPDX-License-Identifier: MPL-2.0

// Package nextrelease has the catalogue as it will be: with a release 2099. The tests of several rooms ask it what they
// would say of a release that is only a row, so that no table and no sentence lacks or misstates one that is added.
//
// Its own tests hold what is said of releases in texts that cannot ask the catalogue (documentation, comments of
// attributes, the table of reasons), and keep names of releases out of code.
package nextrelease
