using Eigenflow.Numerics.Dense;
using Eigenflow.Random;

namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>One draw of inputs, teacher and noise, and the student of any filter in the eigenbasis of XᵀX: O(d²) per time.</summary>
internal sealed class StudentSample
{
    private const int TeacherStream = 3;
    private const int NoiseStream = 4;
    private readonly double[] overlap;
    private readonly double[] signal;
    private readonly double[] scatter;

    /// <param name="inputs">The inputs.</param>
    /// <param name="problem">Teacher and noise.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="replica">Number of the draw.</param>
    public StudentSample(DrawnInputs inputs, MultiscaleProblem problem, long seed, int replica)
    {
        Inputs = inputs;
        var (n, d, r) = (inputs.Samples, inputs.Dimension, inputs.Rank);
        Teacher = problem.Teacher.IsRandom ? Normal(d, TeacherStream) : problem.Teacher.Entries(d);
        Labels = new double[n];
        MatrixProduct.Multiply(inputs.Latent, Teacher, Labels, n, d, 1);
        Noise = Normal(n, NoiseStream);
        for (var k = 0; k < n; k++)
            Noise[k] *= Math.Sqrt(problem.Noise);
        Power = Teacher.Sum(weight => weight * weight) / d;
        overlap = new double[r];
        MatrixProduct.Multiply(Teacher, inputs.Modulated, overlap, 1, d, r);
        signal = Projected(Labels);
        scatter = Projected(Noise);

        double[] Normal(int count, int stream)
        {
            var numbers = new double[count];
            GaussianGenerator.Fill(new GaussianAddress((ulong)seed, stream, replica, Step: 0), 0, numbers);
            return numbers;
        }

        double[] Projected(double[] labels)
        {
            var projected = new double[r];
            MatrixProduct.Multiply(labels, inputs.Left, projected, 1, n, r);
            for (var i = 0; i < r; i++)
                projected[i] *= inputs.SingularValues[i];
            return projected;
        }
    }

    /// <summary>The inputs.</summary>
    public DrawnInputs Inputs { get; }

    /// <summary>W.</summary>
    public double[] Teacher { get; }

    /// <summary>ZW.</summary>
    public double[] Labels { get; }

    /// <summary>σε.</summary>
    public double[] Noise { get; }

    /// <summary>‖W‖²/d.</summary>
    public double Power { get; }

    /// <summary>The student of a filter at a time. The part of the noise holds what noise changes, also its product with the signal.</summary>
    public StudentError At(SpectralFilter filter, double time)
    {
        var (d, r) = (Inputs.Dimension, Inputs.Rank);
        double[] clean = new double[r], noisy = new double[r];
        for (var i = 0; i < r; i++)
        {
            var factor = filter.Factor(Inputs.Eigenvalues[i], time);
            clean[i] = factor * signal[i];
            noisy[i] = factor * (signal[i] + scatter[i]);
        }

        var bias = Error(clean, out _, out _);
        var error = Error(noisy, out var alignment, out var norm);
        return new StudentError(alignment, norm, bias, error - bias);

        double Error(double[] student, out double alignment, out double norm)
        {
            (alignment, norm) = (0, 0);
            for (var i = 0; i < r; i++)
            {
                alignment += overlap[i] * student[i] / d;
                var sum = 0.0;
                for (var j = 0; j < r; j++)
                    sum += Inputs.Gram[(i * r) + j] * student[j];
                norm += student[i] * sum / d;
            }

            return Math.Max(0, 0.5 * (Power - (2 * alignment) + norm));
        }
    }
}
