// SPDX-License-Identifier: MPL-2.0

package avma

import (
	"errors"
	"fmt"
	"log"
	"reflect"
	"strconv"
	"time"

	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/hashicorp/packer-plugin-sdk/template/config"
	"github.com/mitchellh/mapstructure"
	"github.com/zclconf/go-cty/cty"

	"github.com/golden-image/packer-plugin-avma/internal/engine"
	"github.com/golden-image/packer-plugin-avma/unattend"
)

// deployBlock is the block whose content unattend.Decode reads.
const deployBlock = "deploy_answer_file"

// spec is the generated layout, but for release and edition of the deploy answer file: there they follow the guest.
func spec() hcldec.ObjectSpec {
	s := (&Config{}).FlatMapstructure().HCL2Spec()
	if block, ok := s[deployBlock].(*hcldec.BlockSpec); ok {
		if nested, ok := block.Nested.(hcldec.ObjectSpec); ok {
			for _, name := range []string{"release", "edition"} {
				if a, ok := nested[name].(*hcldec.AttrSpec); ok {
					a.Required = false
				}
			}
		}
	}
	return s
}

// decode reads the block. Packer's template engine fills in the options (internal/engine, and not Interpolate, which
// would read the scripts of an answer file as templates too); in the deploy answer file only those of a JSON template,
// because the same block in a data source is read as it is.
func (c *Config) decode(raws ...any) error {
	*c = Config{}
	raws, err := engine.Render(raws, deployBlock)
	if err != nil {
		return err
	}
	var deploy *unattend.Config
	for _, raw := range raws {
		v, ok := raw.(cty.Value)
		if !ok || v.IsNull() || !v.Type().IsObjectType() || !v.Type().HasAttribute(deployBlock) {
			continue
		}
		block := v.GetAttr(deployBlock)
		if block.IsNull() {
			continue
		}
		if err := engine.Refuse(v, deployBlock); err != nil {
			return fmt.Errorf("%s: %w", deployBlock, err)
		}
		d, err := unattend.Decode(block)
		if err != nil {
			return fmt.Errorf("%s: %w", deployBlock, err)
		}
		deploy = &d
	}
	hooks := append([]mapstructure.DecodeHookFunc{placeholder, noZero}, config.DefaultDecodeHookFuncs...)
	if err := config.Decode(c, &config.DecodeOpts{PluginType: "avma", Interpolate: false, DecodeHooks: hooks}, raws...); err != nil {
		return err
	}
	if deploy != nil && c.DeployAnswerFile != nil {
		c.DeployAnswerFile.Config = *deploy
	}
	return nil
}

// placeholder lets a duration that is not known yet pass, as its zero value.
func placeholder(from, to reflect.Type, value any) (any, error) {
	if to == reflect.TypeFor[time.Duration]() && value == unknownValue {
		return time.Duration(0), nil
	}
	return value, nil
}

// noZero refuses a duration of nothing: left out means the default, and "0s" would be taken for left out.
func noZero(from, to reflect.Type, value any) (any, error) {
	if to != reflect.TypeFor[time.Duration]() {
		return value, nil
	}
	switch v := value.(type) {
	case string:
		if d, err := time.ParseDuration(v); err == nil && d == 0 {
			return nil, fmt.Errorf("%q is no time at all; give a longer one, or leave the option out for its default", v)
		}
	case int, int64, uint64, float64:
		if fmt.Sprint(v) == "0" {
			return nil, errors.New("0 is no time at all; give one with a unit, such as \"10m\", or leave the option out for its default")
		}
	}
	return value, nil
}

// port is the communicator's, as Packer tells it; 0 when it does not.
func port(generatedData map[string]any) int {
	switch v := generatedData["Port"].(type) {
	case int:
		return v
	case int64:
		return int(v)
	case uint64:
		return int(v)
	case float64:
		return int(v)
	case string:
		n, _ := strconv.Atoi(v) // a text that is no number: "ERR_PORT_NOT_IMPLEMENTED_BY_BUILDER"
		return n
	}
	return 0
}

func logf(format string, args ...any) { log.Printf("[DEBUG] avma: "+format, args...) }
