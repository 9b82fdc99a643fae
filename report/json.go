// SPDX-License-Identifier: MPL-2.0

package report

import (
	"encoding/json"
	"io"

	"github.com/golden-image/packer-plugin-avma/activation"
)

// Document is the JSON report of one guest. activation.ParseFacts reads it back.
type Document struct {
	Schema  int                `json:"schema"` // 1
	Verdict activation.Verdict `json:"verdict"`
	Facts   activation.Facts   `json:"facts"`
}

// JSON writes verdict and facts as one document: snake_case, fixed order, indented by two spaces, a line feed at its
// end. Product keys are cut to their last group, text is cleaned and bounded.
func JSON(w io.Writer, v activation.Verdict, f activation.Facts) error {
	doc := cleaned(Document{Schema: 1, Verdict: v, Facts: f})
	data, err := json.MarshalIndent(doc, "", "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(append(data, '\n'))
	return err
}
