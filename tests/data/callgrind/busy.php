<?php
// SPDX-License-Identifier: LGPL-2.1-or-later

// What good/xdebug.callgrind is a profile of.

namespace Shop;

interface Priced
{
    public function price(): int;
}

final class Item implements Priced
{
    public function __construct(private string $name, private int $cents)
    {
    }

    public function price(): int
    {
        return $this->cents + strlen($this->name);
    }

    public static function named(string $name): self
    {
        return new self($name, hash_of($name) % 1000);
    }
}

function hash_of(string $text): int
{
    $sum = 5381;
    foreach (str_split($text) as $letter) {
        $sum = ($sum * 33 + ord($letter)) & 0xffffff;
    }
    return $sum;
}

function fibonacci(int $n): int
{
    return $n < 2 ? $n : fibonacci($n - 1) + fibonacci($n - 2);
}

function total(array $items): int
{
    $discount = fn (int $price): int => intdiv($price * 9, 10);
    $prices = array_map(fn (Priced $item): int => $discount($item->price()), $items);
    return array_sum($prices);
}

function work(): int
{
    $items = [];
    for ($i = 0; $i < 9; $i++) {
        $items[] = Item::named("item $i");
    }
    usort($items, fn ($a, $b) => $a->price() <=> $b->price());
    return total($items) + fibonacci(6);
}

printf("%d\n", work());
