// SPDX-License-Identifier: MPL-2.0

//go:generate go tool packer-sdc mapstructure-to-hcl2 -type Config,Disk,Partition,User,AutoLogon,Network,Domain,RDP,WinRM,OpenSSH,Command,Script,Component,DeploySettings,FirstBoot
//go:generate go tool packer-sdc struct-markdown

package unattend

// Config describes an answer file. It is the same for the data source, the provisioner's deploy_answer_file and
// the command line's HCL file. Only release and edition are required; every zero value is a usable default.
type Config struct {
	// The Windows Server release: `2012 R2`, `2016`, `2019`, `2022`, `2025`, a semi-annual version such as
	// `20H2`, or a build number such as `20348`.
	Release string `mapstructure:"release" required:"true"`
	// The edition: `datacenter`, `standard`, `essentials` or `datacenter-azure-edition`, with `-core` at the
	// end for Server Core. What Windows itself says (`ServerDatacenter`, `ServerDatacenterCor`,
	// `Datacenter: Azure Edition`) is understood too.
	Edition string `mapstructure:"edition" required:"true"`
	// Whether the media is evaluation media, which takes no product key.
	//
	// * `none` (default): it is licensed media. The key that activates stands in both files, and Setup gets one that
	//   chooses the edition (`setup_key`).
	// * `keep`: it is, and stays an evaluation. No key stands in either file.
	// * `convert`: it is, and is converted in the build (`convert_evaluation` of the provisioner). The
	//   install file has no key; the deploy file has the key of the edition that it becomes.
	Evaluation string `mapstructure:"evaluation"`
	// Which key of the catalogue activates the guest: `avma` (default), for guests of an activated Datacenter
	// Hyper-V host, or `gvlk`, for guests that activate against a KMS host or Active Directory.
	Channel string `mapstructure:"channel"`
	// The product key that activates Windows, if it is not the one of the catalogue: for example a MAK. It
	// must belong to the release and edition. The files that carry it are to be treated as secret.
	ProductKey string `mapstructure:"product_key"`
	// The key that Setup gets for choosing the edition (pass windowsPE). It does not activate Windows.
	//
	// * `auto` (default): the public KMS client key of the release and edition for licensed media (volume, Visual
	//   Studio, retail), which stops without a key; none for evaluation media, which stops at any. Where no such key
	//   is known there is none either, and a note says so.
	// * `none`: no key; the image is chosen by its name or index alone.
	// * `gvlk`: the KMS client key; an error where none is known.
	// * `avma`: the AVMA key. Microsoft does not document that Setup takes it, and there is a report that it
	//   does not.
	SetupKey string `mapstructure:"setup_key"`
	// The NAME of the image on the media, for example `Windows Server 2022 SERVERDATACENTER`. It is not the
	// name that Setup displays. The default follows from the release and the edition.
	ImageName string `mapstructure:"image_name"`
	// The index of the image on the media, from 1 on, instead of its name. By default the image is chosen by name.
	ImageIndex *int `mapstructure:"image_index"`
	// The firmware of the virtual machine: `uefi` (default; Hyper-V generation 2) or `bios` (generation 1).
	// It decides the disk layout.
	Firmware string `mapstructure:"firmware"`
	// The computer's name: at most 15 bytes, not digits alone. Windows chooses one by default, or when it
	// is `*`. It names the machine of the build; the name of a clone is `computer_name` of the `deploy` block.
	ComputerName string `mapstructure:"computer_name"`
	// The organization that Windows is registered to. At most 63 characters.
	Organization string `mapstructure:"organization"`
	// The person that Windows is registered to. At most 63 characters.
	Owner string `mapstructure:"owner"`
	// The time zone by its Windows name (`tzutil /l`), for example `W. Europe Standard Time`. A suffix
	// `_dstoff` switches daylight saving off. Default `UTC`.
	TimeZone string `mapstructure:"time_zone"`
	// The language of Setup and of Windows, for example `de-DE`. It must be on the media. Default `en-US`.
	UILanguage string `mapstructure:"ui_language"`
	// The language of programs without Unicode. Default: `ui_language`.
	SystemLocale string `mapstructure:"system_locale"`
	// The formats of dates, times, numbers and currency. Default: `ui_language`.
	UserLocale string `mapstructure:"user_locale"`
	// The keyboard: a language (`de-DE`), a layout that Windows has (`0407:00000407`), or several with `;`
	// between them. Default: `user_locale`.
	InputLocale string `mapstructure:"input_locale"`
	// The password of the built-in Administrator. Without it the first boot of Windows Server stops at a page that
	// asks for one, whatever other accounts there are. Required with `winrm`, `openssh` or `auto_logon`.
	AdministratorPassword string `mapstructure:"administrator_password"`
	// Write passwords of local accounts as plain text and not as Windows encodes them. The encoding is no
	// encryption: either way the file is a secret. Default `false`.
	PlainPasswords bool `mapstructure:"plain_passwords"`
	// Folders with drivers (`.inf` files) that Setup loads and installs in the image, for example
	// `E:\vioscsi\2k22\amd64`. Subfolders are searched too. Drive letters are those of Windows PE.
	DriverPaths []string `mapstructure:"driver_paths"`
	// Do not open Server Manager at logon. Default `false`: Windows opens it.
	DisableServerManager bool `mapstructure:"disable_server_manager"`
	// Switch the Enhanced Security Configuration of Internet Explorer off, for administrators and users.
	// Default `false`.
	DisableIEESC bool `mapstructure:"disable_ie_esc"`
	// What Windows' first boot makes of automatic updates (`ProtectYourPC`): `1` switches them on as Microsoft recommends,
	// `2` installs updates only, `3` leaves them alone. Default: `3` in the install file, because updates that start by
	// themselves restart a build in the middle, and `1` in the deploy file. A number that is given holds for both.
	ProtectYourPC *int `mapstructure:"protect_your_pc"`
	// Keep the copies of the answer file that Windows makes (`%WINDIR%\Panther\unattend.xml` and others).
	// By default they are deleted when Setup has finished, if the file holds a password or a script.
	KeepAnswerFiles bool `mapstructure:"keep_answer_files"`

	// A local account of the build. May be repeated. Install file only: the deploy file removes the account,
	// unless its `keep` is set. See [User](#user).
	Users []User `mapstructure:"user"`
	// Log on by itself after Setup. Install file only. See [AutoLogon](#autologon).
	AutoLogon *AutoLogon `mapstructure:"auto_logon"`
	// A disk and its partitions. By default the whole first disk is used. May be repeated. Install file
	// only. See [Disk](#disk).
	Disks []Disk `mapstructure:"disk"`
	// A network interface with fixed addresses. May be repeated. Install file only; clones have
	// their own in the `deploy` block. See [Network](#network).
	Networks []Network `mapstructure:"network"`
	// The domain or workgroup to join. Install file only; clones have their own in the `deploy` block.
	// See [Domain](#domain).
	Domain *Domain `mapstructure:"domain"`
	// Switch Remote Desktop on, in both files. See [RDP](#rdp).
	RDP *RDP `mapstructure:"rdp"`
	// Set up WinRM for Packer. Install file only; the deploy file closes it. See [WinRM](#winrm).
	WinRM *WinRM `mapstructure:"winrm"`
	// Set up OpenSSH for Packer. Install file only; the deploy file closes it. See [OpenSSH](#openssh).
	OpenSSH *OpenSSH `mapstructure:"openssh"`
	// A command line. May be repeated. Install file only. See [Command](#command).
	Commands []Command `mapstructure:"command"`
	// A script that the answer file carries. May be repeated. Install file only. See [Script](#script).
	Scripts []Script `mapstructure:"script"`
	// What is different for clones. See [DeploySettings](#deploysettings).
	Deploy *DeploySettings `mapstructure:"deploy"`
	// Settings that have no attribute of their own. May be repeated. See [Component](#component).
	Components []Component `mapstructure:"component"`
	// The check of the activation on the first boot of every clone. See [FirstBoot](#firstboot).
	FirstBoot *FirstBoot `mapstructure:"first_boot"`
}
