// Without the theme's web fonts: the site uses what the reader's system has.
import theme from "vitepress/theme-without-fonts";
import "./site.css";

export default theme;
