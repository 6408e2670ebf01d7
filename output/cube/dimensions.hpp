// The axes of a cube, and the variables that describe them.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "output/cube/variables.hpp"
#include "output/hdf5/hdf5.hpp"

namespace clientele::output {

/// The coordinates of a cube; every variable hangs on them by name.
class Dimensions {
 public:
  explicit Dimensions(Hdf5Writer& file) : file_(file) {}

  /// A dimension of labels, or one of numbers.
  void add(const std::string& name, const std::vector<std::string>& labels, const std::string& meaning);
  void add(const std::string& name, const std::vector<std::int32_t>& values, const std::string& meaning,
           const std::string& unit);

  Extent extent(const std::vector<std::string>& axes) const;
  bool has(const std::string& name) const;
  /// Hangs the dimensions on the axes of a variable.
  void attach(Hdf5Dataset& variable, const std::vector<std::string>& axes) const;
  /// Gives a dimension's variable an attribute.
  void describe(const std::string& name, const std::string& attribute, const std::string& text);

 private:
  struct Dimension {
    std::string name;
    std::uint64_t size;
    Hdf5Dataset dataset;
  };

  Hdf5Dataset& start(const std::string& name, Element element, std::size_t size, const std::string& meaning);
  const Dimension& at(const std::string& name) const;

  Hdf5Writer& file_;
  std::vector<Dimension> dimensions_;
};

/// All axes that a cube of this source has, with their labels.
void add_dimensions(Dimensions& dimensions, const Source& source, const HistogramAxes& histograms);

/// Tier names, flags, the study, values of parameters, and the ends of bins.
void write_descriptions(Hdf5Writer& file, Dimensions& dimensions, const Source& source,
                        const HistogramAxes& histograms);

/// Names the texts of the file, and the numbers that points set, where xarray looks for coordinates, which no mean, sum
/// or quantile touches.
void write_coordinates(Hdf5Writer& file, const Dimensions& dimensions);

/// A variable of flags, 0 and 1: int8 with its meanings, since HDF5's own kind of boolean makes netCDF drop a variable
/// without a word.
void write_flags(Hdf5Writer& file, const Dimensions& dimensions, const std::string& name,
                 const std::vector<std::string>& axes, const std::vector<std::int8_t>& flags,
                 const std::string& meaning, const std::string& meanings);

/// Whether draws have values of their own.
bool has_parameters(const Source& source);

}  // namespace clientele::output
