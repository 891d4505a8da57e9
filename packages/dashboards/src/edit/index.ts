export { changeDashboard, configurationCommand, together } from './command.ts'
export {
  alignWidgets,
  compactGrid,
  distributeWidgets,
  growWidgets,
  insertRows,
  type LayerMove,
  layerWidgets,
  layersOf,
  lockWidgets,
  moveAll,
  nudgeWidgets,
  placeWidgets,
  removeRows,
  sameSize,
  setGrid,
  setPlacement,
  setPlaces,
  swapWidgets,
} from './commands/layout.ts'
export {
  addWidget,
  hideAtBreakpoint,
  type MemberValue,
  type NewWidget,
  removeWidgets,
  replaceType,
  setMember,
  setMembers,
  setWidgetJson,
  widgetJson,
} from './commands/widgets.ts'
export {
  type Container,
  type ContainerKind,
  type ContainerSection,
  containerKindOf,
  containerTypes,
  readContainer,
  sectionStates,
} from './container.ts'
export { currentForm } from './form/current-form.ts'
export { type Alignment, aligned, alignments, type Direction, distributed, sameSized } from './grid/align.ts'
export { columnsFor, type Flow, flowed } from './grid/flow.ts'
export { boundsOf, collides, firstFree, heightOf, inGrid, movedBy, within } from './grid/geometry.ts'
export { type Guide, type Snap, snapped } from './grid/guides.ts'
export { compacted, pushed } from './grid/push.ts'
export { type AutomaticFlow, flowOf } from './grid/reflow.ts'
export { type JsonPath, valueAt, withValueAt } from './json.ts'
export {
  type Box,
  type Boxes,
  type Command,
  type EditedDashboard,
  type LayoutAddress,
  type LayoutName,
  type NewId,
  type StepKey,
  type StepName,
  stepKeys,
} from './model.ts'
export {
  aliasOf,
  allGrids,
  boxesOf,
  breakpointsOf,
  columnsOf,
  filterOf,
  gridAt,
  gridsOfLayout,
  gridsOfState,
  isLocked,
  layerOf,
  nameOfState,
  type Placement,
  placementOf,
  placesOf,
  stateOf,
  titleOfWidget,
  widgetOf,
} from './parts.ts'
