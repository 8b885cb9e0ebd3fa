/** Styles are imported for their effect: the bundler gathers them in `run.css`. */
declare module '*.css';
