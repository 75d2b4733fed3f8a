/** What is loaded when elements are first changed on a GPU. */
export { elementsOnGpu } from './gpu';
export { prepareElements } from './prepared';
