#include "contest/schema.h"

#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/constraint_builder.hpp>
#include <valijson/constraints/concrete_constraints.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>
#include <vector>

#include "contest/pattern.h"

namespace kp {
namespace {

using nlohmann::json;
using Path = std::vector<std::string>;

// A hostile file can be wrong in a million places; after this many the rest is only counted.
constexpr std::size_t kMostFindings = 100;

// The library would match a "pattern" by std::regex, which takes longer than all the rest; one of another
// name it leaves to us.
constexpr const char* kOurPattern = "x-pattern";
constexpr const char* kNotMatched = "Failed to match regex";

void rename_patterns(json& schema) {
  if (schema.is_object() && schema.contains("pattern") && schema["pattern"].is_string()) {
    schema[kOurPattern] = std::move(schema["pattern"]);
    schema.erase("pattern");
  }
  for (json& member : schema) {
    if (member.is_structured()) rename_patterns(member);
  }
}

json document(std::string_view file) {
  json schema = json::parse(schema_text(file));
  rename_patterns(schema);
  return schema;
}

class PatternConstraint : public valijson::constraints::PolyConstraint {
 public:
  explicit PatternConstraint(const std::string& pattern) : pattern_(pattern) {}

  bool validate(const valijson::adapters::Adapter& value, const Path& context,
                valijson::ValidationResults* results) const override {
    if (!value.isString() || pattern_.is_found_in(value.asString())) return true;
    if (results != nullptr) results->pushError(context, kNotMatched);
    return false;
  }

 private:
  Constraint* cloneInto(void* place) const override { return new (place) PatternConstraint(*this); }
  std::size_t sizeOf() const override { return sizeof *this; }

  Pattern pattern_;
};

class PatternBuilder : public valijson::ConstraintBuilder {
  valijson::constraints::Constraint* make(const valijson::adapters::Adapter& pattern) const override {
    return std::make_unique<PatternConstraint>(pattern.asString()).release();
  }
};

struct Compiled {
  json text;
  valijson::Schema schema;
};

/// References name a file of schemas/, or none. To tell whether one is a URN the library would compile a
/// pattern, which takes longer than all the rest.
class Parser : public valijson::SchemaParser {
  using Uri = std::optional<std::string>;
  Uri resolveDocumentUri(const Uri& from, const Uri& named) override { return named ? named : from; }
};

std::unique_ptr<Compiled> compile(std::string_view file) {
  auto compiled = std::make_unique<Compiled>();
  compiled->text = document(file);
  Parser parser;
  parser.addConstraintBuilder(kOurPattern, std::make_unique<PatternBuilder>().release());
  const auto fetch = [](const std::string& uri) {
    return std::make_unique<json>(document(uri.substr(uri.rfind('/') + 1))).release();
  };
  const auto release = [](const json* fetched) { std::unique_ptr<const json>{fetched}.reset(); };
  parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(compiled->text), compiled->schema, fetch,
                        release);
  return compiled;
}

const Compiled& compiled(Schema schema) {
  switch (schema) {
    case Schema::congress: {
      static const std::unique_ptr<Compiled> congress = compile("congress.schema.json");
      return *congress;
    }
    case Schema::contest: {
      static const std::unique_ptr<Compiled> contest = compile("contest.schema.json");
      return *contest;
    }
    case Schema::result: {
      static const std::unique_ptr<Compiled> result = compile("result.schema.json");
      return *result;
    }
    case Schema::manifest:
      break;
  }
  static const std::unique_ptr<Compiled> manifest = compile("manifest.schema.json");
  return *manifest;
}

json to_library(const Json& value) {
  if (value.is_null()) return nullptr;
  if (value.is_bool()) return value.boolean();
  if (value.is_integer()) return value.integer();
  if (value.is_string()) return value.string();
  if (value.is_array()) {
    json array = json::array();
    for (const Json& element : value.array()) array.push_back(to_library(element));
    return array;
  }
  json object = json::object();
  for (const auto& [key, member] : value.members()) object.emplace(key, to_library(member));
  return object;
}

/// A place in a schema text, with the document it stands in, so that "#/…" can be followed from there.
struct SchemaPlace {
  json root;
  json node;
};

void follow_references(SchemaPlace& place) {
  while (place.node.contains("$ref")) {
    const std::string reference = place.node["$ref"];
    const std::size_t hash = reference.find('#');
    if (hash != 0) place.root = document(reference.substr(0, hash));
    place.node = place.root.at(json::json_pointer(reference.substr(hash + 1)));
  }
}

// What the schema says about the value at `path`.
json rules_for(const Compiled& schema, const Path& path) {
  SchemaPlace place{schema.text, schema.text};
  follow_references(place);
  for (const std::string& step : path) {
    const bool element = place.node.value("type", "") == "array";
    const json next = element ? place.node.value("items", json::object())
                              : place.node.value("properties", json::object()).value(step, json::object());
    place.node = next;
    follow_references(place);
  }
  return place.node;
}

// What JSON calls the kind of a value, for people.
Arg spoken_type(const std::string& type) {
  if (type == "integer") return Text{"số nguyên", "an integer"};
  if (type == "string") return Text{"chữ, trong ngoặc kép", "a text in quotes"};
  if (type == "boolean") return Text{"true hoặc false", "true or false"};
  if (type == "array") return Text{"một danh sách [ … ]", "a list [ … ]"};
  if (type == "object") return Text{"một nhóm khoá { … }", "an object { … }"};
  return type;
}

std::string listed(const json& values) {
  std::string out;
  for (const json& value : values) {
    if (!out.empty()) out += ", ";
    out += value.is_string() ? value.get<std::string>() : value.dump();
  }
  return out;
}

std::string bounds(const json& rules, std::string_view least, std::string_view most) {
  const auto bound = [&](std::string_view key) {
    const auto it = rules.find(std::string(key));
    return it == rules.end() ? std::string() : it->dump();
  };
  return fmt::format("{}…{}", bound(least), bound(most));
}

const Json* value_at(const Json& root, const Path& path) {
  const Json* value = &root;
  for (const std::string& step : path) {
    value = value->is_array() ? &value->array()[std::stoul(step)] : value->find(step);
    if (value == nullptr) return nullptr;
  }
  return value;
}

/// Turns the library's errors into findings; it names the place, the schema names what would be right.
class Translator {
 public:
  Translator(const Json& root, const Compiled& schema) : root_(root), schema_(schema) {}

  void translate(const valijson::ValidationResults::Error& error) {
    const std::string_view said = error.description;
    Path path;
    for (std::size_t i = 1; i < error.context.size(); ++i) {
      path.push_back(error.context[i].substr(1, error.context[i].size() - 2));
    }
    std::string pointer;
    for (const std::string& step : path) pointer = pointer_to(pointer, step);
    const bool unknown_key = said.starts_with("Object contains a property");
    // The library says so once for each of them, and all were told at the first.
    if (unknown_key && !told_.insert(pointer).second) return;
    if (findings_.size() >= kMostFindings && !unknown_key) {
      ++passed_over_;
      return;
    }
    const json rules = rules_for(schema_, path);

    if (said.starts_with("Missing required property")) {
      const std::size_t quote = said.find('\'');
      add(finding(Code::schema_missing_key, pointer,
                  {std::string(said.substr(quote + 1, said.rfind('\'') - quote - 1))}));
    } else if (unknown_key) {
      unknown_keys(path, pointer, rules.value("properties", json::object()));
    } else if (said.starts_with("Value type not permitted")) {
      add(finding(Code::schema_type, pointer, {spoken_type(rules.value("type", ""))}));
    } else if (said.starts_with("Failed to match against any enum")) {
      add(finding(Code::schema_value, pointer, {listed(rules.value("enum", json::array()))}));
    } else if (said.starts_with("Failed to match expected value set by 'const'")) {
      add(finding(Code::schema_value, pointer, {rules.value("const", "")}));
    } else if (said.starts_with(kNotMatched)) {
      add(finding(Code::schema_pattern, pointer, {listed(rules.value("examples", json::array()))}));
    } else if (said.starts_with("Expected number")) {
      add(finding(Code::schema_range, pointer, {bounds(rules, "minimum", "maximum")}));
    } else if (said.starts_with("String should be no")) {
      add(finding(Code::schema_size, pointer, {bounds(rules, "minLength", "maxLength")}));
    } else if (said.starts_with("Array should contain")) {
      add(finding(Code::schema_size, pointer, {bounds(rules, "minItems", "maxItems")}));
    }
    // What is left are the library's summaries of errors that stand for themselves above.
  }

  Findings finish() && {
    if (passed_over_ > 0) {
      findings_.push_back(finding(Code::findings_more, {}, {std::to_string(passed_over_)}));
    }
    return std::move(findings_);
  }

 private:
  void add(Finding finding) {
    for (const Finding& known : findings_) {
      if (known == finding) return;
    }
    if (findings_.size() >= kMostFindings) {
      ++passed_over_;
      return;
    }
    findings_.push_back(std::move(finding));
  }

  void unknown_keys(const Path& path, const std::string& pointer, const json& allowed) {
    const Json* object = value_at(root_, path);
    KP_ASSERT(object != nullptr && object->is_object());
    for (const auto& [key, member] : object->members()) {
      if (!allowed.contains(key)) add(finding(Code::schema_unknown_key, pointer_to(pointer, key), {key}));
    }
  }

  const Json& root_;
  const Compiled& schema_;
  Findings findings_;
  std::size_t passed_over_ = 0;
  std::set<std::string> told_;  ///< the objects whose unknown keys were told
};

}  // namespace

Findings check_schema(const Json& value, Schema schema) {
  const Compiled& against = compiled(schema);
  const json converted = to_library(value);
  valijson::Validator validator(valijson::Validator::kStrongTypes);
  valijson::ValidationResults results;
  if (validator.validate(against.schema, valijson::adapters::NlohmannJsonAdapter(converted), &results))
    return {};
  Translator translator(value, against);
  valijson::ValidationResults::Error error;
  while (results.popError(error)) translator.translate(error);
  Findings findings = std::move(translator).finish();
  // The library refused it, so there is something to say even if it spoke in words not known above.
  if (findings.empty()) findings.push_back(finding(Code::schema_value, {}, {"-"}));
  return findings;
}

}  // namespace kp
