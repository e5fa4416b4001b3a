#include "paper/pango/fonts.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>

#include <array>
#include <map>
#include <string>

#include "paper/pages_library.h"

namespace kp::paper {
namespace {

struct Destroy {
  void operator()(FcConfig* config) const { FcConfigDestroy(config); }
  void operator()(FcPattern* pattern) const { FcPatternDestroy(pattern); }
  void operator()(FcObjectSet* objects) const { FcObjectSetDestroy(objects); }
  void operator()(FcFontSet* fonts) const { FcFontSetDestroy(fonts); }
  void operator()(FcCharSet* characters) const { FcCharSetDestroy(characters); }
};
template <class T>
using Held = std::unique_ptr<T, Destroy>;

constexpr std::size_t kFaces = 4;  // regular, bold, italic, bold italic

/// One face on the disk.
struct Face {
  std::string file;
  Held<FcCharSet> characters;
};
using Family = std::array<Face, kFaces>;

const FcChar8* name_of(const char* text) {
  return reinterpret_cast<const FcChar8*>(text);
}

bool is_whole(const Family& family) {
  for (const Face& face : family) {
    if (face.file.empty()) return false;
  }
  return true;
}

void take_face(std::map<int, Family>& versions, FcPattern* font) {
  int version = 0;
  int weight = 0;
  int slant = 0;
  FcChar8* file = nullptr;
  FcCharSet* characters = nullptr;
  const bool good = FcPatternGetInteger(font, FC_FONTVERSION, 0, &version) == FcResultMatch &&
                    FcPatternGetInteger(font, FC_WEIGHT, 0, &weight) == FcResultMatch &&
                    FcPatternGetInteger(font, FC_SLANT, 0, &slant) == FcResultMatch &&
                    FcPatternGetString(font, FC_FILE, 0, &file) == FcResultMatch &&
                    FcPatternGetCharSet(font, FC_CHARSET, 0, &characters) == FcResultMatch;
  if (!good) return;
  const std::size_t place =
      (weight >= FC_WEIGHT_BOLD ? std::size_t{1} : 0) + (slant >= FC_SLANT_ITALIC ? std::size_t{2} : 0);
  Face& face = versions[version][place];
  const std::string path(reinterpret_cast<const char*>(file));
  // The same version in two places: the one whose path comes first, so that every run takes the same.
  if (!face.file.empty() && face.file <= path) return;
  face.file = path;
  face.characters.reset(FcCharSetCopy(characters));
}

// Every version of the family that the machine has.
std::map<int, Family> installed() {
  std::map<int, Family> versions;
  const Held<FcConfig> system(FcInitLoadConfigAndFonts());
  const Held<FcPattern> wanted(FcPatternCreate());
  FcPatternAddString(wanted.get(), FC_FAMILY, name_of(kFontFamily));
  const Held<FcObjectSet> objects(FcObjectSetCreate());
  for (const char* object : {FC_FILE, FC_WEIGHT, FC_SLANT, FC_FONTVERSION, FC_CHARSET}) {
    FcObjectSetAdd(objects.get(), object);
  }
  const Held<FcFontSet> fonts(FcFontList(system.get(), wanted.get(), objects.get()));
  if (fonts == nullptr) return versions;
  for (int i = 0; i < fonts->nfont; ++i) take_face(versions, fonts->fonts[i]);
  return versions;
}

}  // namespace

struct Fonts::Config {
  Held<FcConfig> fontconfig;
  Family family;
};

Fonts::Fonts() : config_(std::make_unique<Config>()) {
  std::map<int, Family> versions = installed();
  std::erase_if(versions, [](const auto& version) { return !is_whole(version.second); });
  if (versions.empty()) return;
  config_->family = std::move(versions.rbegin()->second);
  config_->fontconfig.reset(FcConfigCreate());
  for (const Face& face : config_->family) {
    if (FcConfigAppFontAddFile(config_->fontconfig.get(), name_of(face.file.c_str())) == FcFalse) return;
  }
  map_.reset(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
  if (map_ == nullptr) return;
  pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map_.get()), config_->fontconfig.get());
}

Fonts::~Fonts() = default;

Owned<PangoContext> Fonts::context() const {
  Owned<PangoContext> context(pango_font_map_create_context(map_.get()));
  pango_context_set_language(context.get(), pango_language_from_string("vi"));
  pango_context_set_base_dir(context.get(), PANGO_DIRECTION_LTR);
  pango_context_set_round_glyph_positions(context.get(), FALSE);
  pango_cairo_context_set_resolution(context.get(), 72);
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context.get(), options);
  cairo_font_options_destroy(options);
  return context;
}

std::vector<char32_t> Fonts::missing_in(std::string_view text) const {
  std::vector<char32_t> missing;
  const char* end = text.data() + text.size();
  for (const char* at = text.data(); at < end; at = g_utf8_next_char(at)) {
    const gunichar character = g_utf8_get_char(at);
    if (character == '\n') continue;
    for (const Face& face : config_->family) {
      if (FcCharSetHasChar(face.characters.get(), character) != FcFalse) continue;
      missing.push_back(character);
      break;
    }
  }
  return missing;
}

}  // namespace kp::paper
