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
export { currentForm } from './form/current-form.ts'
export { type Alignment, aligned, alignments, type Direction, distributed, sameSized } from './grid/align.ts'
export { columnsFor, type Flow, flowed } from './grid/flow.ts'
export { boundsOf, collides, firstFree, heightOf, inGrid, movedBy, within } from './grid/geometry.ts'
export { type Guide, type Snap, snapped } from './grid/guides.ts'
export { compacted, onGrid, pushed } from './grid/push.ts'
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
export {
  addBreakpoint,
  freeBreakpoint,
  onOwnGrid,
  removeBreakpoint,
  resetBreakpoint,
} from './commands/breakpoints.ts'
export {
  addContainer,
  addSection,
  moveSection,
  moveToLayout,
  type NewContainer,
  type NewSection,
  putIntoSection,
  removeSection,
  setSection,
  takeOutOfSection,
  unwrapContainer,
  wrapInContainer,
} from './commands/containers.ts'
export {
  putAlias,
  putFilter,
  removeAlias,
  removeFilter,
  setConfiguration,
  setDescription,
  setSettings,
  setTimeWindow,
  setTimeWindowMembers,
  setWidgetWindow,
} from './commands/parts.ts'
export {
  canPasteReference,
  duplicateWidgets,
  isShared,
  pasteReferences,
  pasteWidgets,
  replaceWithCopy,
} from './commands/paste.ts'
export {
  addRightLayout,
  addState,
  changeStateId,
  duplicateState,
  moveState,
  removeLayout,
  removeState,
  renameState,
  setRootState,
} from './commands/states.ts'
export {
  type Clipboard,
  type ClipboardRefusal,
  type ClipboardResult,
  clipboardText,
  copyWidgets,
  readClipboard,
} from './clipboard.ts'
export { type Reference, referencesIn } from './references.ts'
export {
  statesOfWidgets,
  type Use,
  unusedAliases,
  usesOf,
  usesOfAlias,
  usesOfEntity,
  usesOfFilter,
  usesOfKey,
  usesOfState,
} from './uses.ts'
export {
  type ChangedPart,
  type DashboardDifference,
  diffDashboards,
  type PartDifferences,
  type PlaceChange,
} from './diff.ts'
export {
  type GridDifference,
  type GridPicture,
  gridDifferences,
  type PicturedWidget,
  type WidgetMark,
} from './grid-differences.ts'
export {
  type Choices,
  type ContradictionKind,
  type DashboardContradiction,
  type DashboardMerge,
  isSameDashboard,
  mergeDashboards,
  type Side,
} from './merge.ts'
export {
  canPublish,
  type DashboardProblem,
  type ProblemKind,
  problemKinds,
  problemsOf,
  type WidgetChecks,
  type WidgetNeed,
} from './problems.ts'
export { chartGroups, type FoundKey, sortKeys } from '../suggest/kinds.ts'
export { decimalsOf, keyColors, keyJson, mapSettings, truthStates } from '../suggest/parts.ts'
export {
  type DataSummary,
  internalKeys,
  type Suggestion,
  type SuggestionReason,
  suggestWidgets,
} from '../suggest/suggest.ts'
export { beginEditing, type DashboardHistory, perform } from './history.ts'
