// SPDX-License-Identifier: LGPL-2.1-or-later
//
// usage: node read-pprof.cjs PPROF_FORMAT FILE
//
// What the npm package "pprof-format", which is in the folder PPROF_FORMAT, finds in
// a profile, as JSON: types with sums, and for each function what it has by itself.

const fs = require("fs");
const path = require("path");
const zlib = require("zlib");

const { Profile } = require(path.resolve(process.argv[2]));
const bytes = fs.readFileSync(process.argv[3]);
const profile = Profile.decode(bytes[0] === 0x1f ? zlib.gunzipSync(bytes) : bytes);
const text = (position) => profile.stringTable.strings[Number(position)];
const by = (rows) => new Map(rows.map((row) => [String(row.id), row]));
const locations = by(profile.location);
const functions = by(profile.function);

function leaf(sample) {
  const line = sample.locationId.length && locations.get(String(sample.locationId[0])).line[0];
  return line ? text(functions.get(String(line.functionId)).name) : "";
}

const types = profile.sampleType.map((type) => ({
  name: text(type.type),
  unit: text(type.unit),
  total: 0,
  flat: {},
}));
for (const sample of profile.sample)
  types.forEach((type, i) => {
    const value = Number(sample.value[i]);
    const name = leaf(sample);
    type.total += value;
    type.flat[name] = (type.flat[name] || 0) + value;
  });
console.log(JSON.stringify({ types, samples: profile.sample.length, time_ns: String(profile.timeNanos) }));
