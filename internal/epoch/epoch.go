// SPDX-License-Identifier: MPL-2.0

package epoch

import (
	"fmt"
	"strconv"
	"time"
)

// Env is the variable: seconds since 1970, UTC.
const Env = "SOURCE_DATE_EPOCH"

// FromEnv is the time that the environment sets, or the zero time where it sets none.
func FromEnv(getenv func(string) string) (time.Time, error) {
	text := getenv(Env)
	if text == "" {
		return time.Time{}, nil
	}
	seconds, err := strconv.ParseInt(text, 10, 64)
	if err != nil || seconds < 0 {
		return time.Time{}, fmt.Errorf("%s = %q is not a number of seconds since 1970; unset it, or set it for example by SOURCE_DATE_EPOCH=$(git log -1 --format=%%ct)", Env, text)
	}
	return time.Unix(seconds, 0).UTC(), nil
}
