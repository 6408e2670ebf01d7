// HDF5 behind a small wall: datasets of numbers and texts, their axes and attributes. Nothing else of it gets through.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "output/hdf5/filters.hpp"

namespace clientele::output {

/// Sizes, starts or counts by axis.
using Extent = std::vector<std::uint64_t>;

/// Product of an extent's sizes: how many elements it holds.
std::uint64_t elements_of(const Extent& extent);

/// An HDF5 id that closes itself.
class Hdf5Id {
 public:
  using Close = int (*)(std::int64_t id);
  Hdf5Id(std::int64_t id, Close how) : id_(id), close_(how) {}
  Hdf5Id(Hdf5Id&& other) noexcept;
  Hdf5Id& operator=(Hdf5Id&& other) noexcept;
  ~Hdf5Id();
  std::int64_t get() const { return id_; }
  /// Closes now; false where HDF5 reports a failure.
  bool close();

 private:
  std::int64_t id_;
  Close close_;
};

/// Which file a message is about, and which status a failure has: a file that is written, or one that is read.
struct Hdf5Place {
  enum class Use { writing, reading };
  std::string file;
  Use use = Use::writing;
  std::shared_ptr<bool> closed_well = std::make_shared<bool>(true);  ///< a dataset may reach the disk as late as that
};

/// A dataset or the file itself: whatever can carry attributes. Each attribute is written once.
class Hdf5Node {
 public:
  Hdf5Node(Hdf5Id id, Hdf5Place place) : id_(std::move(id)), place_(std::move(place)) {}

  void attribute(const std::string& name, std::string_view text);
  void attribute(const std::string& name, double value);
  void attribute(const std::string& name, std::int32_t value);
  void attribute(const std::string& name, const std::vector<std::int8_t>& values);

  bool has_attribute(const std::string& name) const;
  std::string text_attribute(const std::string& name) const;
  double number_attribute(const std::string& name) const;
  /// Names of all attributes, in the order in which they were made.
  std::vector<std::string> attributes() const;
  bool is_text_attribute(const std::string& name) const;

 protected:
  Hdf5Id id_;
  Hdf5Place place_;
};

/// What a dataset holds. Text is UTF-8 of any length (fixed lengths kill netCDF readers).
enum class Element { int8, int32, float64, text };

class Hdf5Dataset final : public Hdf5Node {
 public:
  using Hdf5Node::Hdf5Node;
  Hdf5Dataset(Hdf5Dataset&&) = default;
  Hdf5Dataset& operator=(Hdf5Dataset&&) = delete;
  ~Hdf5Dataset();

  /// Makes this dataset the dimension of its name, or hangs a dimension on an axis.
  void become_dimension(const std::string& name);
  void attach(unsigned axis, const Hdf5Dataset& dimension);

  void write(std::span<const double> values);
  void write(std::span<const std::int32_t> values);
  void write(std::span<const std::int8_t> values);
  void write(const std::vector<std::string>& texts);
  /// One box of a dataset of float64, in row-major order.
  void write_box(const Extent& start, const Extent& count, std::span<const double> values);
  /// One chunk of a dataset of float64 that was filtered already. Where it juts out, what is outside does not count.
  void write_chunk(const Extent& start, const FilteredChunk& chunk);

  /// A chunk as it is stored.
  FilteredChunk read_chunk(const Extent& start) const;

  Extent extent() const;
  bool holds(Element element) const;
  std::vector<double> read() const;
  std::vector<double> read_box(const Extent& start, const Extent& count) const;
  std::vector<std::int32_t> read_integers() const;
  std::vector<std::string> read_texts() const;

 private:
  void write_all(std::int64_t memory_type, const void* values, std::size_t elements);
  void read_all(std::int64_t memory_type, void* values) const;
};

/// A file as a list of datasets.
class Hdf5File : public Hdf5Node {
 public:
  using Hdf5Node::Hdf5Node;
  /// Names of all datasets, in the order in which they were made.
  std::vector<std::string> datasets() const;
  bool has(const std::string& name) const;
  Hdf5Dataset dataset(const std::string& name) const;
};

/// A new file in the form that FORMAT.md demands: version 1.10, no times, creation order kept.
class Hdf5Writer final : public Hdf5File {
 public:
  /// Messages speak of `shown_as`, the name that the file is going to have.
  explicit Hdf5Writer(const std::filesystem::path& path, const std::string& shown_as = "the file");

  /// A dataset in one piece; an empty extent makes a scalar.
  Hdf5Dataset make(const std::string& name, Element element, const Extent& extent);
  /// float64 with NaN for missing values, stored in shuffled, deflated and checksummed chunks.
  Hdf5Dataset make_chunked(const std::string& name, const Extent& extent, const Extent& chunk);
  /// Brings everything to the file, and reports what went wrong with that.
  void close();

 private:
  Hdf5Dataset create(const std::string& name, Element element, const Extent& extent, const Hdf5Id& properties);
};

/// An existing file. Throws UserError (bad_data) where it is none of ours or damaged.
class Hdf5Reader final : public Hdf5File {
 public:
  explicit Hdf5Reader(const std::filesystem::path& path);
  /// A file that is read back in the course of writing it has the name and the failures of writing.
  Hdf5Reader(const std::filesystem::path& path, const Hdf5Place& place);
};

}  // namespace clientele::output
