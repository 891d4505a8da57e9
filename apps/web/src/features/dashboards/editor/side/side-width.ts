/** Of what lies over the right of the board, px. */
export const sideWidth = 360
