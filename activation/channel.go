// SPDX-License-Identifier: MPL-2.0

package activation

import "strings"

// KeyChannel is the kind of an installed key, as far as it matters here.
type KeyChannel string

// The kinds of keys.
const (
	ChannelUnknown    KeyChannel = ""           // Windows said neither channel nor description
	ChannelAVMA       KeyChannel = "avma"       // VT:IA
	ChannelGVLK       KeyChannel = "gvlk"       // Volume:GVLK: a KMS client
	ChannelMAK        KeyChannel = "mak"        // Volume:MAK
	ChannelKMSHost    KeyChannel = "kms_host"   // Volume:CSVLK
	ChannelEvaluation KeyChannel = "evaluation" // Retail:TB:Eval
	ChannelRetail     KeyChannel = "retail"     // Retail and what begins so
	ChannelOEM        KeyChannel = "oem"        // OEM:DM, OEM:SLP, OEM:COA, OEM:NONSLP
	ChannelOther      KeyChannel = "other"      // something else, named by Windows
	ChannelConflict   KeyChannel = "conflict"   // ProductKeyChannel and Description contradict each other
)

// ChannelOf reads the kind of a product's key from ProductKeyChannel, and from Description where that is empty. Both
// are not translated (reference section 4). When both are known and one says AVMA and the other does not, it is a
// conflict and nobody's guess.
func ChannelOf(p Product) KeyChannel {
	named := channelByName(Clean(p.ProductKeyChannel, maxName))
	described := channelByDescription(Clean(p.Description, maxShown))
	switch {
	case named == ChannelUnknown:
		return described
	case described == ChannelUnknown, described == named:
		return named
	case named == ChannelAVMA || described == ChannelAVMA:
		return ChannelConflict
	}
	return named
}

func channelByName(s string) KeyChannel {
	s = strings.ToUpper(s)
	switch {
	case s == "":
		return ChannelUnknown
	case s == "VT:IA":
		return ChannelAVMA
	case s == "VOLUME:GVLK":
		return ChannelGVLK
	case s == "VOLUME:MAK":
		return ChannelMAK
	case s == "VOLUME:CSVLK":
		return ChannelKMSHost
	case strings.HasSuffix(s, ":EVAL"):
		return ChannelEvaluation
	case s == "RETAIL" || strings.HasPrefix(s, "RETAIL:"):
		return ChannelRetail
	case s == "OEM" || strings.HasPrefix(s, "OEM:"):
		return ChannelOEM
	}
	return ChannelOther
}

// channelByDescription finds the token that Windows puts into Description, such as
// "Windows(R) Operating System, VIRTUAL_MACHINE_ACTIVATION channel".
func channelByDescription(s string) KeyChannel {
	s = strings.ToUpper(s)
	for _, d := range []struct {
		token string
		kind  KeyChannel
	}{
		{"VIRTUAL_MACHINE_ACTIVATION", ChannelAVMA},
		{"VOLUME_KMSCLIENT", ChannelGVLK},
		{"VOLUME_MAK", ChannelMAK},
		{"VOLUME_KMS", ChannelKMSHost}, // VOLUME_KMS_..., after VOLUME_KMSCLIENT
		{"TIMEBASED_EVAL", ChannelEvaluation},
		{"RETAIL", ChannelRetail},
		{"OEM", ChannelOEM},
	} {
		if strings.Contains(s, d.token) {
			return d.kind
		}
	}
	return ChannelUnknown
}

// channelCode is the reason for a key of that kind.
func channelCode(k KeyChannel) string {
	switch k {
	case ChannelGVLK:
		return CodeGVLK
	case ChannelMAK:
		return CodeMAK
	case ChannelRetail:
		return CodeRetail
	case ChannelOEM:
		return CodeOEM
	case ChannelKMSHost:
		return CodeKMSHostKey
	case ChannelEvaluation:
		return CodeEvaluationProduct
	case ChannelConflict:
		return CodeChannelConflict
	case ChannelUnknown:
		return CodeUnknownChannel
	}
	return CodeOtherChannel
}
