# SPDX-License-Identifier: GPL-2.0-only
#
# The recipes of Documentation/histograms.rst: awk -v name=NAME prints the commands of the
# recipe NAME, awk without it the names of all recipes. A recipe is the literal block after
# a comment `.. recipe: NAME`.

/^\.\. recipe: / {
	found = $3
	inside = 0
	if (name == "")
		print found
}

found != "" && found == name {
	if (/^\t/) {
		inside = 1
		print substr($0, 2)
	} else if (inside && NF) {
		# The first line that is not indented ends the block
		found = ""
	}
}
