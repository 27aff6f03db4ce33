using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>The modes of a student that sees the first p of d only: its start is that of all modes cut at p, its labels keep all modes.</summary>
internal static class StudentModes
{
    private const int BlockSize = 1024;

    // Modes below this number are added one by one even where a smooth form is known.
    private const long DirectModes = 4096;

    /// <summary>The first modes of a spectrum as one of its own, and the factor of its eigenvalues, whose trace is one.</summary>
    /// <param name="spectrum">The spectrum of all modes.</param>
    /// <param name="size">p.</param>
    public static (Spectrum Spectrum, double Scale) Head(Spectrum spectrum, long size)
    {
        if (spectrum is PowerLawSpectrum law)
        {
            var head = new PowerLawSpectrum(size, law.Exponent);
            return (head, head.Normalization / law.Normalization);
        }

        if (spectrum.DistinctCount is null)
        {
            var values = new double[size];
            spectrum.Fill(0, values);
            var head = Spectrum.FromValues(values);
            return (head, spectrum[0] / head[0]);
        }

        var levels = new List<(long Count, double Height)>();
        for (var first = 0L; first < size;)
        {
            var height = spectrum[first];
            var end = Math.Min(size, Math.Max(first + 1, spectrum.CountAtLeast(height)));
            levels.Add((end - first, height));
            first = end;
        }

        var steps = new StepSpectrum(levels, "levels");
        return (steps, spectrum[0] / steps[0]);
    }

    /// <summary>The part of the teacher behind mode p, before normalisation, mode by mode.</summary>
    public static HiddenTeacher Drawn(PhaseRetrievalProblem problem, long size, CancellationToken cancellation)
    {
        var (eigenvalues, teacher) = (new double[BlockSize], new double[BlockSize]);
        double overlap = 0, square = 0;
        for (var end = problem.Spectrum.Dimension; end > size;)
        {
            cancellation.ThrowIfCancellationRequested();
            var length = (int)Math.Min(BlockSize, end - size);
            end -= length;
            problem.Spectrum.Fill(end, eigenvalues.AsSpan(0, length));
            problem.Teacher.Fill(end, teacher.AsSpan(0, length));
            double blockOverlap = 0, blockSquare = 0;
            for (var k = length - 1; k >= 0; k--)
            {
                blockOverlap += eigenvalues[k] * teacher[k] * teacher[k];
                blockSquare += teacher[k] * teacher[k];
            }

            overlap += blockOverlap;
            square += blockSquare;
        }

        return new HiddenTeacher(overlap, square);
    }

    /// <summary>The same for the typical teacher, in O(log d) work for a power law or a few levels.</summary>
    public static HiddenTeacher Typical(PhaseRetrievalProblem problem, long size, CancellationToken cancellation)
    {
        double overlap = 0, square = 0;
        void Add(long first, long end, Func<double, double> eigenvalue)
        {
            foreach (var (number, weight) in SmoothSum.Nodes(first, end, Math.Max(DirectModes, first), SmoothSum.LargestLogarithmicStep))
            {
                var value = weight * problem.Teacher.TypicalSquare(number);
                square += value;
                overlap += value * eigenvalue(number);
            }
        }

        var dimension = problem.Spectrum.Dimension;
        if (problem.Spectrum is PowerLawSpectrum law)
        {
            Add(size, dimension, law.At);
        }
        else if (problem.Spectrum.DistinctCount is not null)
        {
            for (var first = size; first < dimension;)
            {
                var height = problem.Spectrum[first];
                var end = Math.Min(dimension, Math.Max(first + 1, problem.Spectrum.CountAtLeast(height)));
                Add(first, end, _ => height);
                first = end;
            }
        }
        else
        {
            for (var first = size; first < dimension; first++)
            {
                cancellation.ThrowIfCancellationRequested();
                var index = first;
                Add(first, first + 1, _ => problem.Spectrum[index]);
            }
        }

        return new HiddenTeacher(overlap, square);
    }
}
