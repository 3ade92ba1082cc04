/**
 * A power with a whole exponent, by multiplication. `**` and Math.pow are left to the C library of the machine in some
 * versions of Node and to V8's own in others, and so differ in the last digit: 10 ** -5 is 0.000009999999999999999 in
 * Node 20. Products, quotients, roots, logarithms and exp are the same everywhere.
 */
export function power(base: number, exponent: number): number {
  let product = 1
  for (let i = Math.abs(exponent); i > 0; i -= 1) product *= base
  return exponent < 0 ? 1 / product : product
}
