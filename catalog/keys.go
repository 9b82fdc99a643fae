// SPDX-License-Identifier: MPL-2.0

package catalog

// Where the keys were read. A derived key is not on the AVMA page: it is the key of the release that this one is built
// from, and no public source was found that shows it at work.
const (
	avmaPage     = "https://learn.microsoft.com/windows-server/get-started/automatic-vm-activation"
	avmaPage2025 = "https://learn.microsoft.com/windows-server/get-started/automatic-vm-activation?tabs=server2025 (quoted by several public projects)"
	gvlkPage     = "https://learn.microsoft.com/windows-server/get-started/kms-client-activation-keys"
	derived      = "key of the release this one derives from; not on the AVMA page"
)

// builtinEntries is held against a copy of the published tables by TestKeysAgainstTable. AVMA before GVLK, newest
// release first. Hosts are not written here: they follow from the matrix.
var builtinEntries = []Entry{
	{Release: "2025", Build: 26100, Edition: Datacenter, EditionID: "ServerDatacenter", Channel: AVMA, Key: "YQB4H-NKHHJ-Q6K4R-4VMY6-VCH67", Standing: CrossChecked, Source: avmaPage2025},
	{Release: "2025", Build: 26100, Edition: DatacenterAzure, EditionID: "ServerTurbine", Channel: AVMA, Key: "6NMQ9-T38WF-6MFGM-QYGYM-88J4F", Standing: CrossChecked, Source: avmaPage2025},
	{Release: "2025", Build: 26100, Edition: Standard, EditionID: "ServerStandard", Channel: AVMA, Key: "WWVGQ-PNHV9-B89P4-8GGM9-9HPQ4", Standing: CrossChecked, Source: avmaPage2025},
	{Release: "23H2", Build: 25398, Edition: Datacenter, EditionID: "ServerDatacenterACor", Channel: AVMA, Key: "W3GNR-8DDXR-2TFRP-H8P33-DV9BG", Standing: Inferred, Source: derived},
	{Release: "2022", Build: 20348, Edition: Datacenter, EditionID: "ServerDatacenter", Channel: AVMA, Key: "W3GNR-8DDXR-2TFRP-H8P33-DV9BG", Standing: Documented, Source: avmaPage},
	{Release: "2022", Build: 20348, Edition: DatacenterAzure, EditionID: "ServerTurbine", Channel: AVMA, Key: "F7TB6-YKN8Y-FCC6R-KQ484-VMK3J", Standing: Documented, Source: avmaPage},
	{Release: "2022", Build: 20348, Edition: Standard, EditionID: "ServerStandard", Channel: AVMA, Key: "YDFWN-MJ9JR-3DYRK-FXXRW-78VHK", Standing: Documented, Source: avmaPage},
	{Release: "20H2", Build: 19042, Edition: Datacenter, EditionID: "ServerDatacenterACor", Channel: AVMA, Key: "H3RNG-8C32Q-Q8FRX-6TDXV-WMBMW", Standing: Inferred, Source: derived},
	{Release: "20H2", Build: 19042, Edition: Standard, EditionID: "ServerStandardACor", Channel: AVMA, Key: "TNK62-RXVTB-4P47B-2D623-4GF74", Standing: Inferred, Source: derived},
	{Release: "2004", Build: 19041, Edition: Datacenter, EditionID: "ServerDatacenterACor", Channel: AVMA, Key: "H3RNG-8C32Q-Q8FRX-6TDXV-WMBMW", Standing: Inferred, Source: derived},
	{Release: "2004", Build: 19041, Edition: Standard, EditionID: "ServerStandardACor", Channel: AVMA, Key: "TNK62-RXVTB-4P47B-2D623-4GF74", Standing: Inferred, Source: derived},
	{Release: "1909", Build: 18363, Edition: Datacenter, EditionID: "ServerDatacenterACor", Channel: AVMA, Key: "H3RNG-8C32Q-Q8FRX-6TDXV-WMBMW", Standing: Documented, Source: avmaPage},
	{Release: "1909", Build: 18363, Edition: Standard, EditionID: "ServerStandardACor", Channel: AVMA, Key: "TNK62-RXVTB-4P47B-2D623-4GF74", Standing: Documented, Source: avmaPage},
	{Release: "1903", Build: 18362, Edition: Datacenter, EditionID: "ServerDatacenterACor", Channel: AVMA, Key: "H3RNG-8C32Q-Q8FRX-6TDXV-WMBMW", Standing: Documented, Source: avmaPage},
	{Release: "1903", Build: 18362, Edition: Standard, EditionID: "ServerStandardACor", Channel: AVMA, Key: "TNK62-RXVTB-4P47B-2D623-4GF74", Standing: Documented, Source: avmaPage},
	{Release: "2019", Build: 17763, Edition: Datacenter, EditionID: "ServerDatacenter", Channel: AVMA, Key: "H3RNG-8C32Q-Q8FRX-6TDXV-WMBMW", Standing: Documented, Source: avmaPage},
	{Release: "2019", Build: 17763, Edition: Standard, EditionID: "ServerStandard", Channel: AVMA, Key: "TNK62-RXVTB-4P47B-2D623-4GF74", Standing: Documented, Source: avmaPage},
	{Release: "2019", Build: 17763, Edition: Essentials, EditionID: "ServerSolution", Channel: AVMA, Key: "2CTP7-NHT64-BP62M-FV6GG-HFV28", Standing: Documented, Source: avmaPage},
	{Release: "1809", Build: 17763, Edition: Datacenter, EditionID: "ServerDatacenterACor", Channel: AVMA, Key: "H3RNG-8C32Q-Q8FRX-6TDXV-WMBMW", Standing: Documented, Source: avmaPage},
	{Release: "1809", Build: 17763, Edition: Standard, EditionID: "ServerStandardACor", Channel: AVMA, Key: "TNK62-RXVTB-4P47B-2D623-4GF74", Standing: Documented, Source: avmaPage},
	{Release: "1803", Build: 17134, Edition: Datacenter, EditionID: "ServerDatacenterACor", Channel: AVMA, Key: "TMJ3Y-NTRTM-FJYXT-T22BY-CWG3J", Standing: Documented, Source: avmaPage},
	{Release: "1803", Build: 17134, Edition: Standard, EditionID: "ServerStandardACor", Channel: AVMA, Key: "C3RCX-M6NRP-6CXC9-TW2F2-4RHYD", Standing: Documented, Source: avmaPage},
	{Release: "1709", Build: 16299, Edition: Datacenter, EditionID: "ServerDatacenterACor", Channel: AVMA, Key: "TMJ3Y-NTRTM-FJYXT-T22BY-CWG3J", Standing: Documented, Source: avmaPage},
	{Release: "1709", Build: 16299, Edition: Standard, EditionID: "ServerStandardACor", Channel: AVMA, Key: "C3RCX-M6NRP-6CXC9-TW2F2-4RHYD", Standing: Documented, Source: avmaPage},
	{Release: "2016", Build: 14393, Edition: Datacenter, EditionID: "ServerDatacenter", Channel: AVMA, Key: "TMJ3Y-NTRTM-FJYXT-T22BY-CWG3J", Standing: Documented, Source: avmaPage},
	{Release: "2016", Build: 14393, Edition: Standard, EditionID: "ServerStandard", Channel: AVMA, Key: "C3RCX-M6NRP-6CXC9-TW2F2-4RHYD", Standing: Documented, Source: avmaPage},
	{Release: "2016", Build: 14393, Edition: Essentials, EditionID: "ServerSolution", Channel: AVMA, Key: "B4YNW-62DX9-W8V6M-82649-MHBKQ", Standing: Documented, Source: avmaPage},
	{Release: "2012 R2", Build: 9600, Edition: Datacenter, EditionID: "ServerDatacenter", Channel: AVMA, Key: "Y4TGP-NPTV9-HTC2H-7MGQ3-DV4TW", Standing: Documented, Source: avmaPage},
	{Release: "2012 R2", Build: 9600, Edition: Standard, EditionID: "ServerStandard", Channel: AVMA, Key: "DBGBW-NPF86-BJVTX-K3WKJ-MTB6V", Standing: Documented, Source: avmaPage},
	{Release: "2012 R2", Build: 9600, Edition: Essentials, EditionID: "ServerSolution", Channel: AVMA, Key: "K2XGM-NMBT3-2R6Q8-WF2FK-P36R2", Standing: Documented, Source: avmaPage},
	{Release: "2025", Build: 26100, Edition: Datacenter, EditionID: "ServerDatacenter", Channel: GVLK, Key: "D764K-2NDRG-47T6Q-P8T8W-YP6DF", Standing: Documented, Source: gvlkPage},
	{Release: "2025", Build: 26100, Edition: DatacenterAzure, EditionID: "ServerTurbine", Channel: GVLK, Key: "XGN3F-F394H-FD2MY-PP6FD-8MCRC", Standing: Documented, Source: gvlkPage},
	{Release: "2025", Build: 26100, Edition: Standard, EditionID: "ServerStandard", Channel: GVLK, Key: "TVRH6-WHNXV-R9WG3-9XRFY-MY832", Standing: Documented, Source: gvlkPage},
	{Release: "2022", Build: 20348, Edition: Datacenter, EditionID: "ServerDatacenter", Channel: GVLK, Key: "WX4NM-KYWYW-QJJR4-XV3QB-6VM33", Standing: Documented, Source: gvlkPage},
	{Release: "2022", Build: 20348, Edition: DatacenterAzure, EditionID: "ServerTurbine", Channel: GVLK, Key: "NTBV8-9K7Q8-V27C6-M2BTV-KHMXV", Standing: Documented, Source: gvlkPage},
	{Release: "2022", Build: 20348, Edition: Standard, EditionID: "ServerStandard", Channel: GVLK, Key: "VDYBN-27WPP-V4HQT-9VMD4-VMK7H", Standing: Documented, Source: gvlkPage},
	{Release: "20H2", Build: 19042, Edition: Datacenter, EditionID: "ServerDatacenterACor", Channel: GVLK, Key: "6NMRW-2C8FM-D24W7-TQWMY-CWH2D", Standing: Documented, Source: gvlkPage},
	{Release: "20H2", Build: 19042, Edition: Standard, EditionID: "ServerStandardACor", Channel: GVLK, Key: "N2KJX-J94YW-TQVFB-DG9YT-724CC", Standing: Documented, Source: gvlkPage},
	{Release: "2004", Build: 19041, Edition: Datacenter, EditionID: "ServerDatacenterACor", Channel: GVLK, Key: "6NMRW-2C8FM-D24W7-TQWMY-CWH2D", Standing: Documented, Source: gvlkPage},
	{Release: "2004", Build: 19041, Edition: Standard, EditionID: "ServerStandardACor", Channel: GVLK, Key: "N2KJX-J94YW-TQVFB-DG9YT-724CC", Standing: Documented, Source: gvlkPage},
	{Release: "1909", Build: 18363, Edition: Datacenter, EditionID: "ServerDatacenterACor", Channel: GVLK, Key: "6NMRW-2C8FM-D24W7-TQWMY-CWH2D", Standing: Documented, Source: gvlkPage},
	{Release: "1909", Build: 18363, Edition: Standard, EditionID: "ServerStandardACor", Channel: GVLK, Key: "N2KJX-J94YW-TQVFB-DG9YT-724CC", Standing: Documented, Source: gvlkPage},
	{Release: "1903", Build: 18362, Edition: Datacenter, EditionID: "ServerDatacenterACor", Channel: GVLK, Key: "6NMRW-2C8FM-D24W7-TQWMY-CWH2D", Standing: Documented, Source: gvlkPage},
	{Release: "1903", Build: 18362, Edition: Standard, EditionID: "ServerStandardACor", Channel: GVLK, Key: "N2KJX-J94YW-TQVFB-DG9YT-724CC", Standing: Documented, Source: gvlkPage},
	{Release: "2019", Build: 17763, Edition: Datacenter, EditionID: "ServerDatacenter", Channel: GVLK, Key: "WMDGN-G9PQG-XVVXX-R3X43-63DFG", Standing: Documented, Source: gvlkPage},
	{Release: "2019", Build: 17763, Edition: Standard, EditionID: "ServerStandard", Channel: GVLK, Key: "N69G4-B89J2-4G8F4-WWYCC-J464C", Standing: Documented, Source: gvlkPage},
	{Release: "2019", Build: 17763, Edition: Essentials, EditionID: "ServerSolution", Channel: GVLK, Key: "WVDHN-86M7X-466P6-VHXV7-YY726", Standing: Documented, Source: gvlkPage},
	{Release: "1809", Build: 17763, Edition: Datacenter, EditionID: "ServerDatacenterACor", Channel: GVLK, Key: "6NMRW-2C8FM-D24W7-TQWMY-CWH2D", Standing: Documented, Source: gvlkPage},
	{Release: "1809", Build: 17763, Edition: Standard, EditionID: "ServerStandardACor", Channel: GVLK, Key: "N2KJX-J94YW-TQVFB-DG9YT-724CC", Standing: Documented, Source: gvlkPage},
	{Release: "1803", Build: 17134, Edition: Datacenter, EditionID: "ServerDatacenterACor", Channel: GVLK, Key: "2HXDN-KRXHB-GPYC7-YCKFJ-7FVDG", Standing: Documented, Source: gvlkPage},
	{Release: "1803", Build: 17134, Edition: Standard, EditionID: "ServerStandardACor", Channel: GVLK, Key: "PTXN8-JFHJM-4WC78-MPCBR-9W4KR", Standing: Documented, Source: gvlkPage},
	{Release: "1709", Build: 16299, Edition: Datacenter, EditionID: "ServerDatacenterACor", Channel: GVLK, Key: "6Y6KB-N82V8-D8CQV-23MJW-BWTG6", Standing: Documented, Source: gvlkPage},
	{Release: "1709", Build: 16299, Edition: Standard, EditionID: "ServerStandardACor", Channel: GVLK, Key: "DPCNP-XQFKJ-BJF7R-FRC8D-GF6G4", Standing: Documented, Source: gvlkPage},
	{Release: "2016", Build: 14393, Edition: Datacenter, EditionID: "ServerDatacenter", Channel: GVLK, Key: "CB7KF-BWN84-R7R2Y-793K2-8XDDG", Standing: Documented, Source: gvlkPage},
	{Release: "2016", Build: 14393, Edition: Standard, EditionID: "ServerStandard", Channel: GVLK, Key: "WC2BQ-8NRM3-FDDYY-2BFGV-KHKQY", Standing: Documented, Source: gvlkPage},
	{Release: "2016", Build: 14393, Edition: Essentials, EditionID: "ServerSolution", Channel: GVLK, Key: "JCKRF-N37P4-C2D82-9YXRT-4M63B", Standing: Documented, Source: gvlkPage},
	{Release: "2012 R2", Build: 9600, Edition: Datacenter, EditionID: "ServerDatacenter", Channel: GVLK, Key: "W3GGN-FT8W3-Y4M27-J84CP-Q3VJ9", Standing: Documented, Source: gvlkPage},
	{Release: "2012 R2", Build: 9600, Edition: Standard, EditionID: "ServerStandard", Channel: GVLK, Key: "D2N9P-3P6X9-2R39C-7RTCD-MDVJX", Standing: Documented, Source: gvlkPage},
	{Release: "2012 R2", Build: 9600, Edition: Essentials, EditionID: "ServerSolution", Channel: GVLK, Key: "KNC87-3J2TX-XB4WP-VCPJV-M4FWM", Standing: Documented, Source: gvlkPage},
}
