declare module "workerd" {
  /** CommonJS: `default` is where the program lies. */
  const workerd: { default: string };
  export default workerd;
}
