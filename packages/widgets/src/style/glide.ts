/**
 * A CSS transition by which something that shows a value moves to the next one. A host that draws values faster than they
 * could be followed sets `--tw-glide` to `0s`: what glides all the time is drawn sixty times a second and shows no more.
 */
export const glide = (property: string): string => `${property} var(--tw-glide, 140ms) ease-out`
