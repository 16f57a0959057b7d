/** Fails to compile unless both types are the same, `any` and optional fields included. */
export function same<Left, Right>(..._same: Same<Left, Right>): void {}

type Same<Left, Right> =
  (<T>() => T extends Left ? 1 : 2) extends <T>() => T extends Right ? 1 : 2
    ? []
    : [never];
