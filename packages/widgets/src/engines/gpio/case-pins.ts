/** A small board for cases: two columns of pins. */
export const casePins = [
  { pin: 7, label: 'GPIO 4 (GPCLK0)', row: 0, col: 0, color: '#00fd00' },
  { pin: 11, label: 'GPIO 17', row: 1, col: 0, color: '#fb0000' },
  { pin: 12, label: 'GPIO 18', row: 1, col: 1, color: '#fdfb00' },
  { pin: 13, label: 'GPIO 27', row: 5, col: 0, color: '#02fefb' },
  { pin: 16, label: 'GPIO 23', row: 5, col: 1, color: '#000000' },
]
