# Lets node-gyp's gyp write the project file that it writes on Windows, on any system: prints the project's XML.
#   write-project.py GYP_LIBRARY OUTPUT_FOLDER GYP_ARGUMENTS...
# Of Windows it would want a Windows SDK, and paths with backslashes; neither matters for what the compiler is told.
import glob
import os
import sys

library, output = sys.argv[1:3]
sys.path.insert(0, library)
import gyp
import gyp.easy_xml
import gyp.MSVSVersion


def write(content, path, encoding="utf-8", pretty=False, win32=False):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "w", encoding=encoding) as file:
        file.write(gyp.easy_xml.XmlToString(content, encoding, pretty))


visual_studio = gyp.MSVSVersion.VisualStudioVersion
construct = visual_studio.__init__


def without_sdk(self, *args, **named):
    construct(self, *args, **{**named, "compatible_sdks": None})


gyp.easy_xml.WriteXmlIfChanged = write
visual_studio.__init__ = without_sdk
code = gyp.main(["-f", "msvs", "-G", "msvs_version=2022", "--generator-output", output, *sys.argv[3:]])
if code == 0:
    print(open(glob.glob(os.path.join(output, "*.vcxproj"))[0], encoding="utf-8").read())
sys.exit(code)
