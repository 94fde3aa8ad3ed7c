// SPDX-License-Identifier: LGPL-2.1-or-later

module example.com/programs

go 1.19
