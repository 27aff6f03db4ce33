using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Every mode as an entry of its own. Memory about 270 d bytes with the solver's stages.</summary>
internal static class FullModes
{
    private const double BytesPerMode = 270;

    public static WeightedModes Build(PhaseRetrievalProblem problem)
    {
        var dimension = problem.Spectrum.Dimension;
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * 0.7;
        if (dimension > 100_000_000 || dimension * BytesPerMode > available)
        {
            throw new TooLargeException(
                $"dimension = {dimension} with every mode carried", dimension * BytesPerMode, available,
                "use a smaller dimension, or a method that reads modes = compressed or averaged (flow, gd, sgd-theory, frozen)");
        }

        var size = (int)dimension;
        var eigenvalues = new double[size];
        var teacher = new double[size];
        var start = new double[size];
        var ones = new double[size];
        Array.Fill(ones, 1);
        problem.Spectrum.Fill(0, eigenvalues);
        problem.Teacher.Fill(0, teacher);
        problem.Start.Fill(0, dimension, start);
        double overlap = 0, teacherSquare = 0, startSquare = 0;
        for (var i = size - 1; i >= 0; i--)
        {
            overlap += eigenvalues[i] * teacher[i] * teacher[i];
            teacherSquare += teacher[i] * teacher[i];
            startSquare += start[i] * start[i];
        }

        var scale = ModeNormalization.Of(problem, overlap, teacherSquare, startSquare);
        for (var i = 0; i < size; i++)
        {
            teacher[i] *= scale.Teacher;
            start[i] *= scale.Start;
        }

        if (problem.HiddenFrom is { } seen)
        {
            var hidden = scale.Of(StudentModes.Drawn(problem, seen, CancellationToken.None));
            var head = (int)seen;
            return new WeightedModes(eigenvalues[..head], ones[..head], start[..head], teacher[..head], ones[..head], dimension, ModeRepresentation.Full, problem.Preconditioner, hidden);
        }

        return new WeightedModes(eigenvalues, ones, start, teacher, ones, dimension, ModeRepresentation.Full, problem.Preconditioner);
    }
}

/// <summary>The factors that bring raw teacher and start coefficients to their normalisation.</summary>
internal readonly record struct ModeNormalization(double Teacher, double Start)
{
    /// <summary>A part of the teacher after normalisation.</summary>
    public HiddenTeacher Of(HiddenTeacher raw) => new(Teacher * Teacher * raw.Overlap, Teacher * Teacher * raw.NormSquared);

    public static ModeNormalization Of(PhaseRetrievalProblem problem, double overlap, double teacherSquare, double startSquare)
    {
        if (!(overlap > 0))
            throw new ParameterException("teacher", "(zero)", "a vector with a positive overlap s* = w*ᵀQw*", "give it a coefficient on a mode whose eigenvalue is not zero");
        if (problem.Start.IsUnit && !(startSquare > 0))
            throw new ParameterException("start", "(zero)", "a vector that is not zero");
        var teacher = problem.Teacher.Normalization == TeacherNormalization.UnitOverlap
            ? 1 / Math.Sqrt(overlap)
            : Math.Sqrt(problem.Spectrum.Dimension / teacherSquare);
        return new ModeNormalization(teacher, problem.Start.IsUnit ? 1 / Math.Sqrt(startSquare) : 1);
    }
}
