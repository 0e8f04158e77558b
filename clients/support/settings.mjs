// What `lockstep serve` told its clients, from the environment.

/** The value of a variable that must be there. */
export function setting(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; run this through ./lockstep test --clients`);
  return value;
}

/** Origin of Graph, without the version that the setting ends in. */
export const graphOrigin = () => new URL(setting("LOCKSTEP_GRAPH_URL")).origin;
