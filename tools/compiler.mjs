/** TypeScript 6, whose compiler can be called from JavaScript. That of the project cannot. */
export { default } from 'typescript-6.0';
