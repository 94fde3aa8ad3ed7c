/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Amounts for people, the same words as in windows and pictures: "9.86 s",
 * "12.3 MiB", "1 234". */
'use strict';

const profUnits = (function () {
  const TIMES = [
    ['ns', 1, 0], ['µs', 1e3, 999.5], ['ms', 1e6, 999.5e3], ['s', 1e9, 999.5e6],
    ['min', 60e9, 120e9], ['h', 3600e9, 7200e9],
  ];
  const BYTES = [
    ['B', 1, 0], ['KiB', 2 ** 10, 2 ** 10 - 0.5], ['MiB', 2 ** 20, 2 ** 20 - 2 ** 9],
    ['GiB', 2 ** 30, 2 ** 30 - 2 ** 19], ['TiB', 2 ** 40, 2 ** 40 - 2 ** 29],
    ['PiB', 2 ** 50, 2 ** 50 - 2 ** 39],
  ];

  /* toFixed() rounds halves up, printf() to even. A half is a whole number of
   * what a double can hold behind the point, so it is found exactly. */
  function fixed(number, digits) {
    const isHalf = Number.isInteger(number * 2 ** (digits + 1)) &&
      (number * 10 ** digits) % 1 === 0.5;
    const below = Math.floor(number * 10 ** digits);

    if (isHalf && below % 2 === 0)
      return (below / 10 ** digits).toFixed(digits);
    return number.toFixed(digits);
  }

  function grouped(digits) {
    const point = digits.search(/[^0-9]/);
    const whole = point < 0 ? digits : digits.slice(0, point);

    return whole.replace(/\B(?=(\d{3})+$)/g, ' ') + digits.slice(whole.length);
  }

  function threeDigits(amount) {
    const text = fixed(amount, amount >= 99.95 ? 0 : amount >= 9.995 ? 1 : 2);

    return grouped(text.includes('.') ? text.replace(/\.?0+$/, '') : text);
  }

  function inFamily(family, base) {
    let i = family.length - 1;

    while (i > 0 && base < family[i][2])
      i--;
    return threeDigits(base / family[i][1]) + ' ' + family[i][0];
  }

  /* unit: {family: "time", "bytes" or "", factor: of ns or bytes, name} */
  function human(value, unit) {
    const amount = Math.abs(value);
    const sign = value < 0 ? '−' : '';

    if (unit.family === 'time')
      return sign + inFamily(TIMES, amount * unit.factor);
    if (unit.family === 'bytes')
      return sign + inFamily(BYTES, amount * unit.factor);
    return sign + exact(amount, unit);
  }

  /* All digits, in the unit of the file. */
  function exact(value, unit) {
    const sign = value < 0 ? '−' : '';
    const digits = BigInt(Math.round(Math.abs(value))).toString();

    return sign + grouped(digits) + (unit.name === '' || unit.name === 'count'
      ? '' : ' ' + unit.name);
  }

  function percent(value, total) {
    const ratio = total === 0 ? 0 : Math.abs(value / total * 100);
    const sign = value !== 0 && (value < 0) !== (total < 0) ? '−' : '';

    if (ratio >= 99.95)
      return sign + fixed(ratio, 0) + ' %';
    if (ratio >= 0.095 || ratio === 0)
      return sign + fixed(ratio, 1) + ' %';
    const digit = Number(ratio.toPrecision(1));
    return sign + (digit < 0.0001 ? '< 0.0001' : digit.toFixed(4).replace(/0+$/, '')) + ' %';
  }

  /* As tables have it: two digits behind the point, always. */
  function column(value, total) {
    const ratio = total === 0 ? 0 : value / total * 100;

    return (ratio < 0 ? '−' : '') + fixed(Math.abs(ratio), 2) + ' %';
  }

  function plural(n, word) {
    return grouped(String(n)) + ' ' + word + (n === 1 ? '' : 's');
  }

  return { human, exact, percent, column, plural, grouped };
})();
