// SPDX-License-Identifier: LGPL-2.1-or-later
'use strict';
// Work whose shape is known: hash() below sort() below each of two callers.
function hash(text) {
  let h = 0;
  for (let i = 0; i < text.length; i++)
    h = (h * 31 + text.charCodeAt(i)) | 0;
  return h;
}

function sort(n) {
  const list = [];
  for (let i = 0; i < n; i++)
    list.push(hash('item' + (i * 7919) % n));
  return list.sort((a, b) => a - b);
}

function early() {
  return sort(60000).length;
}

function late() {
  return sort(30000).length;
}

const kept = [];
for (let i = 0; i < 12; i++) {
  early();
  late();
  kept.push(sort(2000));
}
