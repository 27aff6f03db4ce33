namespace Eigenflow.Systems;

/// <summary>The papers and methods that systems cite, each once.</summary>
internal static class Bibliography
{
    public static readonly Citation PhaseRetrieval = new(
        "braun2026fast", "arXiv:2511.18661", "Fast Escape, Slow Convergence: Learning Dynamics of Phase Retrieval under Power-Law Data", """
        @inproceedings{braun2026fast,
          author = {Braun, Guillaume and Loureiro, Bruno and Minh, Ha Quang and Imaizumi, Masaaki},
          title = {Fast Escape, Slow Convergence: Learning Dynamics of Phase Retrieval under Power-Law Data},
          booktitle = {International Conference on Learning Representations (ICLR)},
          year = {2026},
          eprint = {2511.18661},
          archivePrefix = {arXiv}
        }
        """);

    public static readonly Citation RaoBlackwellDiffusion = new(
        "tong2025raoblackwell", "arXiv:2502.09890", "Rao-Blackwell Gradient Estimators for Equivariant Denoising Diffusion", """
        @misc{tong2025raoblackwell,
          author = {Tong, Vinh and Hoang, Trung-Dung and Liu, Anji and Van den Broeck, Guy and Niepert, Mathias},
          title = {Rao-Blackwell Gradient Estimators for Equivariant Denoising Diffusion},
          year = {2025},
          eprint = {2502.09890},
          archivePrefix = {arXiv}
        }
        """);

    public static readonly Citation InAndOutOfEquilibrium = new(
        "adhikari2023machine", "arXiv:2306.03521", "Machine learning in and out of equilibrium", """
        @misc{adhikari2023machine,
          author = {Adhikari, Shishir and Kabakcioglu, Alkan and Strang, Alexander and Yuret, Deniz and Hinczewski, Michael},
          title = {Machine learning in and out of equilibrium},
          year = {2023},
          eprint = {2306.03521},
          archivePrefix = {arXiv}
        }
        """);

    public static readonly Citation SpectralDescent = new(
        "braun2026spectral", "arXiv:2601.22652", "Spectral Gradient Descent Mitigates Anisotropy-Driven Misalignment: A Case Study in Phase Retrieval", """
        @inproceedings{braun2026spectral,
          author = {Braun, Guillaume and Bao, Han and Huang, Wei and Imaizumi, Masaaki},
          title = {Spectral Gradient Descent Mitigates Anisotropy-Driven Misalignment: A Case Study in Phase Retrieval},
          booktitle = {Proceedings of the 43rd International Conference on Machine Learning (ICML)},
          series = {Proceedings of Machine Learning Research},
          volume = {306},
          pages = {9687--9733},
          year = {2026},
          eprint = {2601.22652},
          archivePrefix = {arXiv}
        }
        """);

    public static readonly Citation FunctionalScalingLaw = new(
        "li2025functional", "arXiv:2509.19189", "Functional Scaling Laws in Kernel Regression: Loss Dynamics and Learning Rate Schedules", """
        @inproceedings{li2025functional,
          author = {Li, Binghui and Chen, Fengling and Huang, Zixun and Wang, Lean and Wu, Lei},
          title = {Functional Scaling Laws in Kernel Regression: Loss Dynamics and Learning Rate Schedules},
          booktitle = {Advances in Neural Information Processing Systems},
          volume = {38},
          year = {2025},
          eprint = {2509.19189},
          archivePrefix = {arXiv}
        }
        """);

    public static readonly Citation ScalingRenormalization = new(
        "atanasov2024scaling", "arXiv:2405.00592", "Scaling and Renormalization in High-Dimensional Regression", """
        @misc{atanasov2024scaling,
          author = {Atanasov, Alexander and Zavatone-Veth, Jacob A. and Pehlevan, Cengiz},
          title = {Scaling and renormalization in high-dimensional regression},
          year = {2024},
          eprint = {2405.00592},
          archivePrefix = {arXiv}
        }
        """);

    public static readonly Citation OptimalSchedules = new(
        "li2026optimal", "arXiv:2602.06797", "Optimal Learning-Rate Schedules under Functional Scaling Laws: Power Decay and Warmup-Stable-Decay", """
        @misc{li2026optimal,
          author = {Li, Binghui and Wang, Zilin and Chen, Fengling and Zhao, Shiyang and Zheng, Ruiheng and Wu, Lei},
          title = {Optimal Learning-Rate Schedules under Functional Scaling Laws: Power Decay and Warmup-Stable-Decay},
          year = {2026},
          eprint = {2602.06797},
          archivePrefix = {arXiv}
        }
        """);

    public static readonly Citation MultiscaleDoubleDescent = new(
        "pezeshki2022multi", "arXiv:2112.03215", "Multi-scale Feature Learning Dynamics: Insights for Double Descent", """
        @inproceedings{pezeshki2022multi,
          author = {Pezeshki, Mohammad and Mitra, Amartya and Bengio, Yoshua and Lajoie, Guillaume},
          title = {Multi-scale Feature Learning Dynamics: Insights for Double Descent},
          booktitle = {Proceedings of the 39th International Conference on Machine Learning (ICML)},
          year = {2022},
          eprint = {2112.03215},
          archivePrefix = {arXiv}
        }
        """);

    public static readonly Citation UTurnDoubleDescent = new(
        "curth2023uturn", "arXiv:2310.18988", "A U-turn on Double Descent: Rethinking Parameter Counting in Statistical Learning", """
        @inproceedings{curth2023uturn,
          author = {Curth, Alicia and Jeffares, Alan and van der Schaar, Mihaela},
          title = {A {U}-turn on Double Descent: Rethinking Parameter Counting in Statistical Learning},
          booktitle = {Advances in Neural Information Processing Systems},
          volume = {36},
          year = {2023},
          eprint = {2310.18988},
          archivePrefix = {arXiv}
        }
        """);

    public static readonly Citation QuadraticParameterization = new(
        "ding2025quadratic", "arXiv:2502.09106", "Scaling Law for Stochastic Gradient Descent in Quadratically Parameterized Linear Regression", """
        @misc{ding2025quadratic,
          author = {Ding and Zhang and Zhao and Fang},
          title = {Scaling Law for Stochastic Gradient Descent in Quadratically Parameterized Linear Regression},
          year = {2025},
          eprint = {2502.09106},
          archivePrefix = {arXiv}
        }
        """);

    public static readonly Citation MultiClassSgd = new(
        "collinswoodfin2025exact", "arXiv:2510.14074", "Exact Dynamics of Multi-class Stochastic Gradient Descent", """
        @misc{collinswoodfin2025exact,
          author = {Collins-Woodfin, Elizabeth and Seroussi, Inbar},
          title = {Exact Dynamics of Multi-class Stochastic Gradient Descent},
          year = {2025},
          eprint = {2510.14074},
          archivePrefix = {arXiv}
        }
        """);

    public static readonly Citation HighDimensionalNotes = new(
        "collinswoodfin2023hitting", "arXiv:2308.08977", "Hitting the High-Dimensional Notes: An ODE for SGD learning dynamics on GLMs and multi-index models", """
        @misc{collinswoodfin2023hitting,
          author = {Collins-Woodfin, Elizabeth and Paquette, Courtney and Paquette, Elliot and Seroussi, Inbar},
          title = {Hitting the High-Dimensional Notes: An {ODE} for {SGD} learning dynamics on {GLMs} and multi-index models},
          year = {2023},
          eprint = {2308.08977},
          archivePrefix = {arXiv}
        }
        """);

    public static readonly Citation HighLine = new(
        "collinswoodfin2024high", "arXiv:2405.19585", "The High Line: Exact Risk and Learning Rate Curves of Stochastic Adaptive Learning Rate Algorithms", """
        @inproceedings{collinswoodfin2024high,
          author = {Collins-Woodfin, Elizabeth and Seroussi, Inbar and Garc{\'i}a Malaxechebarr{\'i}a, Bego{\~n}a and Mackenzie, Andrew W. and Paquette, Elliot and Paquette, Courtney},
          title = {The High Line: Exact Risk and Learning Rate Curves of Stochastic Adaptive Learning Rate Algorithms},
          booktitle = {Advances in Neural Information Processing Systems},
          volume = {37},
          year = {2024},
          eprint = {2405.19585},
          archivePrefix = {arXiv}
        }
        """);

    public static readonly Citation ScalingCollapse = new(
        "qiu2025scaling", "arXiv:2507.02119", "Scaling Collapse Reveals Universal Dynamics in Compute-Optimally Trained Neural Networks", """
        @inproceedings{qiu2025scaling,
          author = {Qiu, Shikai and Xiao, Lechao and Wilson, Andrew Gordon and Pennington, Jeffrey and Agarwala, Atish},
          title = {Scaling Collapse Reveals Universal Dynamics in Compute-Optimally Trained Neural Networks},
          booktitle = {International Conference on Machine Learning},
          year = {2025},
          eprint = {2507.02119},
          archivePrefix = {arXiv}
        }
        """);

    public static readonly Citation OrthantProbabilities = new(
        "genz1992numerical", "doi:10.1080/10618600.1992.10477010", "Numerical Computation of Multivariate Normal Probabilities", """
        @article{genz1992numerical,
          author = {Genz, Alan},
          title = {Numerical Computation of Multivariate Normal Probabilities},
          journal = {Journal of Computational and Graphical Statistics},
          volume = {1},
          number = {2},
          pages = {141--149},
          year = {1992},
          doi = {10.1080/10618600.1992.10477010}
        }
        """);

    public static readonly Citation DiffusionSpectralBias = new(
        "wang2025analytical", "arXiv:2503.03206", "An Analytical Theory of Spectral Bias in the Learning Dynamics of Diffusion Models", """
        @inproceedings{wang2025analytical,
          author = {Wang, Binxu and Pehlevan, Cengiz},
          title = {An Analytical Theory of Spectral Bias in the Learning Dynamics of Diffusion Models},
          booktitle = {Advances in Neural Information Processing Systems},
          volume = {38},
          year = {2025},
          eprint = {2503.03206},
          archivePrefix = {arXiv}
        }
        """);

    public static readonly Citation DiffusionDesign = new(
        "karras2022elucidating", "arXiv:2206.00364", "Elucidating the Design Space of Diffusion-Based Generative Models", """
        @inproceedings{karras2022elucidating,
          author = {Karras, Tero and Aittala, Miika and Aila, Timo and Laine, Samuli},
          title = {Elucidating the Design Space of Diffusion-Based Generative Models},
          booktitle = {Advances in Neural Information Processing Systems},
          volume = {35},
          year = {2022},
          eprint = {2206.00364},
          archivePrefix = {arXiv}
        }
        """);

    public static readonly Citation Moonlight = new(
        "liu2025muon", "arXiv:2502.16982", "Muon is Scalable for LLM Training", """
        @misc{liu2025muon,
          author = {Liu, Jingyuan and Su, Jianlin and others},
          title = {Muon is Scalable for {LLM} Training},
          year = {2025},
          eprint = {2502.16982},
          archivePrefix = {arXiv}
        }
        """);

    public static readonly Citation PolarExpress = new(
        "amsel2025polar", "arXiv:2505.16932", "The Polar Express: Optimal Matrix Sign Methods and Their Application to the Muon Algorithm", """
        @misc{amsel2025polar,
          author = {Amsel, Noah and Persson, David and Musco, Christopher and Gower, Robert M.},
          title = {The {Polar Express}: Optimal Matrix Sign Methods and Their Application to the {Muon} Algorithm},
          year = {2025},
          eprint = {2505.16932},
          archivePrefix = {arXiv}
        }
        """);

    public static readonly Citation StiffSolver = new(
        "steinebach2023rodas5p", "doi:10.1007/s10543-023-00967-x", "Construction of Rosenbrock–Wanner method Rodas5P and numerical benchmarks within the Julia Differential Equations package", """
        @article{steinebach2023rodas5p,
          author = {Steinebach, Gerd},
          title = {Construction of {Rosenbrock--Wanner} method {Rodas5P} and numerical benchmarks within the {Julia} {Differential Equations} package},
          journal = {BIT Numerical Mathematics},
          volume = {63},
          pages = {27},
          year = {2023},
          doi = {10.1007/s10543-023-00967-x}
        }
        """);

    public static readonly Citation RandomNumbers = new(
        "salmon2011parallel", "doi:10.1145/2063384.2063405", "Parallel random numbers: as easy as 1, 2, 3", """
        @inproceedings{salmon2011parallel,
          author = {Salmon, John K. and Moraes, Mark A. and Dror, Ron O. and Shaw, David E.},
          title = {Parallel random numbers: as easy as 1, 2, 3},
          booktitle = {Proceedings of the 2011 International Conference for High Performance Computing, Networking, Storage and Analysis (SC '11)},
          year = {2011},
          doi = {10.1145/2063384.2063405}
        }
        """);
}
