export const mapWords = {
  map: 'Map',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fit: 'Show everything',
  list: 'List of places',
  close: 'Close',
  search: 'Search places',
  nothing: 'No place has a position yet',
  noMatch: 'No place of this name',
  more: '{count, plural, one {# more place} other {# more places}}: search to find it',
  unplaced: '{count, plural, one {# place has} other {# places have}} a position that is not on the globe',
  failed: 'This browser cannot draw maps. The list shows the places.',
}
