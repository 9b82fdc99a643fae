// SPDX-License-Identifier: MPL-2.0

// Package epoch reads SOURCE_DATE_EPOCH, by which a reproducible build says what time it is
// (https://reproducible-builds.org/specs/source-date-epoch/). It is not for the real time.
package epoch
