// @ts-check

/** A panic of the Rust code. Thrown where it happens, so that nothing of that instance runs on. */
export class Panic extends Error {
  name = "Panic";
}

/** @param {string} place where in the source, and what it says if that is the same for everybody */
export function panicked(place) {
  throw new Panic(place);
}
