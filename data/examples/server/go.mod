// SPDX-License-Identifier: LGPL-2.1-or-later

module example.com/server

go 1.19
