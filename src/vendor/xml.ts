export { DOMParser, onWarningStopParsing, type Element, type Node } from '@xmldom/xmldom';
