/** The name of the house, until its rooms are furnished. */
export function Title() {
  return <h1>Boundary Crossing</h1>;
}
